"""<vxml>: VoiceXML 2.0, 1.5.1."""

from collections.abc import Iterator

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, one_of, some_text
from mirabelle.vxml_interpreter.tree import Element


def check(element: Element) -> Iterator[tuple[Element, str]]:
    """Dialogs have names of their own."""
    seen: set[str] = set()
    for dialog in element.of_kind(Kind.DIALOG):
        name = dialog.text("id")
        if name in seen:
            yield dialog, f'another dialog has the id "{name}" already'
        seen.update([name] if name else [])


DECLARATIONS = (
    Declaration(
        name="vxml",
        section="1.5.1",
        contains=frozenset({Kind.DIALOG, Kind.HANDLER, Kind.INITIALIZER, "link", "meta", "metadata", "property"}),
        attributes=(
            Attribute("version", one_of("2.0", "2.1"), required=True),
            Attribute("application", some_text),
            Attribute("xml:base"),
            Attribute("xml:lang", designations.language),
        ),
        check=check,
    ),
)

"""<menu>: VoiceXML 2.0, 2.2.1. Declared, not built yet: error.unsupported.menu when entered."""

from collections.abc import Iterator

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, one_of, token
from mirabelle.vxml_interpreter.tree import Element


def check(element: Element) -> Iterator[tuple[Element, str]]:
    """2.2.1: beside dtmf="true" a choice may only have keys that the menu does not give out itself."""
    for choice in element.elements("choice") if element.flag("dtmf") else ():
        keys = choice.text("dtmf")
        if keys is not None and keys.strip() not in ("*", "#", "0"):
            yield choice, f'in a menu with dtmf="true" the keys of a choice may be "*", "#" or "0", not "{keys}"'


DECLARATIONS = (
    Declaration(
        name="menu",
        section="2.2.1",
        kinds=frozenset({Kind.DIALOG}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "choice", "prompt", "property"}),
        attributes=(
            Attribute("id", token),
            Attribute("scope", one_of("document", "dialog")),
            Attribute("accept", one_of("exact", "approximate")),
            Attribute("dtmf", designations.boolean),
        ),
        character_data=True,
        check=check,
    ),
)

"""<choice>: VoiceXML 2.0, 2.2.2. Declared, not built yet: its menu says so."""

from collections.abc import Iterator

from mirabelle.vxml_interpreter.declarations import (
    FETCHING_DOCUMENTS,
    THROWING,
    Attribute,
    Declaration,
    one_of,
    some_text,
)
from mirabelle.vxml_interpreter.tree import Element


def check(element: Element) -> Iterator[tuple[Element, str]]:
    """Grammars of choices have no scope: 3.1.3."""
    for grammar in element.elements("grammar"):
        if "scope" in grammar:
            yield grammar, 'inside a choice the attribute "scope" is not allowed'


DECLARATIONS = (
    Declaration(
        name="choice",
        section="2.2.2",
        contains=frozenset({"grammar"}),
        attributes=(
            Attribute("accept", one_of("exact", "approximate")),
            Attribute("dtmf"),
            Attribute("next"),
            Attribute("expr", some_text),
            *THROWING,
            *FETCHING_DOCUMENTS,
        ),
        exactly_one=(("next", "expr", "event", "eventexpr"),),
        at_most_one=(("message", "messageexpr"),),
        character_data=True,
        check=check,
    ),
)

"""<link>: VoiceXML 2.0, 2.5. When it listens, `activation` decides; what it leads to, `choosing` does."""

from collections.abc import Iterator

from mirabelle.vxml_interpreter.declarations import (
    FETCHING_DOCUMENTS,
    THROWING,
    Attribute,
    Declaration,
    some_text,
)
from mirabelle.vxml_interpreter.grammar.tokens import keys as keys_of
from mirabelle.vxml_interpreter.tree import Element


def check(element: Element) -> Iterator[tuple[Element, str]]:
    """Only keys can be pressed, and grammars of links have no scope: 3.1.3."""
    try:
        keys_of(element.text("dtmf") or "")
    except ValueError as error:
        yield element, f'attribute "dtmf": {error}'
    for grammar in element.elements("grammar"):
        if "scope" in grammar:
            yield grammar, 'inside a link the attribute "scope" is not allowed'


DECLARATIONS = (
    Declaration(
        name="link",
        section="2.5",
        contains=frozenset({"grammar"}),
        attributes=(
            Attribute("next"),
            Attribute("expr", some_text),
            Attribute("dtmf", some_text),
            *THROWING,
            *FETCHING_DOCUMENTS,
        ),
        exactly_one=(("next", "expr", "event", "eventexpr"),),
        at_most_one=(("message", "messageexpr"),),
        check=check,
    ),
)

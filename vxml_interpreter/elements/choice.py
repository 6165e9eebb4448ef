"""<choice>: VoiceXML 2.0, 2.2.2. What it leads to, `choosing` does."""

from collections.abc import Iterator

from mirabelle.vxml_interpreter.declarations import (
    FETCHING_DOCUMENTS,
    THROWING,
    Attribute,
    Declaration,
    one_of,
    some_text,
)
from mirabelle.vxml_interpreter.form import Choice
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Mode
from mirabelle.vxml_interpreter.grammar.options import SAID, Option, option_grammar
from mirabelle.vxml_interpreter.grammar.tokens import keys as keys_of
from mirabelle.vxml_interpreter.tree import Element


def choice_of(element: Element, keys: str | None, accept: str) -> Choice:
    """The choice with the keys that its menu gives it; `accept` is the menu's (2.2.5).

    A grammar takes the place of the one made from its text; 2.2.4: then `_dtmf` is undefined.
    """
    phrase = " ".join(element.content().split())
    grammars = tuple(element.elements("grammar"))
    sources: list[Grammar | Element] = [*grammars]
    if keys:
        sources.append(option_grammar([Option(keys, SAID)], Mode.DTMF))
    if phrase and not grammars:
        approximate = (element.text("accept") or accept) == "approximate"
        sources.append(option_grammar([Option(phrase, SAID, approximate)], Mode.VOICE))
    normal = " ".join(keys_of(keys)) if keys and not grammars else None
    return Choice(element, tuple(sources), phrase, normal)


def check(element: Element) -> Iterator[tuple[Element, str]]:
    """Only keys can be pressed, and grammars of choices have no scope: 3.1.3."""
    try:
        keys_of(element.text("dtmf") or "")
    except ValueError as error:
        yield element, f'attribute "dtmf": {error}'
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

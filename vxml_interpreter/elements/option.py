"""<option>: VoiceXML 2.0, 2.3.1.3. Its field makes a grammar of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, one_of
from mirabelle.vxml_interpreter.form import Choice
from mirabelle.vxml_interpreter.grammar.options import Option
from mirabelle.vxml_interpreter.grammar.tokens import keys

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.script import Json
    from mirabelle.vxml_interpreter.tree import Element


def spoken(element: "Element") -> Option:
    """The option as it is said."""
    return Option(_text(element), _value(element), element.text("accept") == "approximate")


def pressed(element: "Element") -> Option:
    """The option as it is keyed in; empty when it cannot be."""
    return Option(element.text("dtmf") or "", _value(element))


def choice_of(element: "Element") -> Choice:
    """What `<enumerate>` says of it: 2.2.4."""
    return Choice(element, (), _text(element), " ".join(keys(element.text("dtmf") or "")) or None)


def _text(element: "Element") -> str:
    return " ".join(element.content().split())


def _value(element: "Element") -> "Json":
    """`value`, else the text, else the keys, else undefined."""
    value = element.text("value")
    return value if value is not None else _text(element) or element.text("dtmf") or None


def check(element: "Element") -> Iterator[tuple["Element", str]]:
    """Only keys can be pressed."""
    try:
        keys(element.text("dtmf") or "")
    except ValueError as error:
        yield element, f'attribute "dtmf": {error}'


DECLARATIONS = (
    Declaration(
        name="option",
        section="2.3.1.3",
        attributes=(
            Attribute("accept", one_of("exact", "approximate")),
            Attribute("dtmf"),
            Attribute("value"),
        ),
        character_data=True,
        check=check,
    ),
)

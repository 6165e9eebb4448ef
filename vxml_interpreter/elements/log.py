"""<log>: VoiceXML 2.0, 5.3.13."""

from typing import TYPE_CHECKING, Final

from mirabelle.vxml_interpreter.commands import Log
from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.events import shortened
from mirabelle.vxml_interpreter.tree import Characters

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element

LONGEST: Final = 10_000
"""Characters that are told."""
_LONGEST_LABEL: Final = 200
# Told in the time of a step.
_CHARACTERS: Final = 100


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """The value of `expr`, then the content, its values in document order."""
    text = (yield from place.text(element)) if "expr" in element else ""
    for child in element.children:
        more = child.text if isinstance(child, Characters) else (yield from place.text(child))
        text = shortened(text + more, LONGEST)
    text = " ".join(shortened(text, LONGEST).split())
    yield from place.step(len(text) // _CHARACTERS)
    place.session.tell(Log(shortened(element.text("label") or "", _LONGEST_LABEL), text))


DECLARATIONS = (
    Declaration(
        name="log",
        section="5.3.13",
        kinds=frozenset({Kind.EXECUTABLE}),
        contains=frozenset({"value"}),
        attributes=(Attribute("label"), Attribute("expr", some_text)),
        character_data=True,
        execute=execute,
    ),
)

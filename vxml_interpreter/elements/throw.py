"""<throw>: VoiceXML 2.0, 5.2.1."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import THROWING, Declaration, Kind
from mirabelle.vxml_interpreter.throwing import thrown

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """Throw an event, with a message if one is given."""
    raise (yield from thrown(element, place))


DECLARATIONS = (
    Declaration(
        name="throw",
        section="5.2.1",
        kinds=frozenset({Kind.EXECUTABLE}),
        attributes=THROWING,
        exactly_one=(("event", "eventexpr"),),
        at_most_one=(("message", "messageexpr"),),
        execute=execute,
    ),
)

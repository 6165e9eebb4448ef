"""<throw>: VoiceXML 2.0, 5.2.1."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import THROWING, Declaration, Kind
from mirabelle.vxml_interpreter.events import Event

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element

_LONGEST = 256  # characters; each prefix of a name is counted


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """Throw an event, with a message if one is given."""
    name = (yield from place.either(element, "event", "eventexpr")) or ""
    message = yield from place.either(element, "message", "messageexpr")
    if len(name.split()) != 1 or len(name) > _LONGEST:
        raise place.fault(element, f'"{name[:_LONGEST]}" is not the name of an event')
    raise Event(name.strip(), message)


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

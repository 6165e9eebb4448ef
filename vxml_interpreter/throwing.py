"""The event that attributes of throw, return, link and choice speak of: VoiceXML 2.0, 5.2.1."""

from typing import TYPE_CHECKING, Final

from mirabelle.vxml_interpreter.events import Event
from mirabelle.vxml_interpreter.script import UNDEFINED

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element

_LONGEST: Final = 256  # characters; each prefix of a name is counted


def thrown(element: "Element", place: "Place") -> "Steps[Event]":
    """The event, with its message if one is given. Raises error.semantic for what is no name of an event."""
    name = (yield from place.either(element, "event", "eventexpr")) or ""
    message = yield from _message(element, place)
    if len(name.split()) != 1 or len(name) > _LONGEST:
        raise place.fault(element, f'"{name[:_LONGEST]}" is not the name of an event')
    return Event(name.strip(), message)


def _message(element: "Element", place: "Place") -> "Steps[str | None]":
    """5.2.2: without a message `_message` is undefined, and so it is when its expression is."""
    if "messageexpr" not in element:
        return element.text("message")
    value = yield from place.evaluate(element, "messageexpr")
    return None if value is UNDEFINED else (yield from place.script(element, place.session.script.text(value)))

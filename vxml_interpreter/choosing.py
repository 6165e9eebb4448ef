"""What links and choices do when they are chosen: VoiceXML 2.0, 2.2.2 and 2.5."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.leaving import Transition
from mirabelle.vxml_interpreter.navigation import resolve
from mirabelle.vxml_interpreter.throwing import thrown

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def choose(element: "Element", place: "Place") -> "Steps[None]":
    """Throw the event, or go to where `next` or `expr` leads. Never returns."""
    if "event" in element or "eventexpr" in element:
        raise (yield from thrown(element, place))
    reference = yield from place.either(element, "next", "expr")
    raise Transition((yield from resolve(reference or "", element, place)))

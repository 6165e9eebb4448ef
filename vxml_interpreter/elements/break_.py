"""<break>: SSML 1.0, 3.2.3."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, one_of
from mirabelle.vxml_interpreter.speech.prompt import Break, Segment
from mirabelle.vxml_interpreter.speech.segments import one

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element

# Seconds; SSML leaves them to the processor.
STRENGTHS: Mapping[str, float] = MappingProxyType(
    {"none": 0.0, "x-weak": 0.1, "weak": 0.25, "medium": 0.5, "strong": 1.0, "x-strong": 2.0}
)


def speak(element: "Element", place: "Place") -> "Steps[list[Segment]]":
    """Silence of that time, else of that strength."""
    yield from ()
    time, strength = element.number("time"), element.text("strength") or ""
    if time is None:
        strength = strength or "medium"
    return one(Break(STRENGTHS[strength] if time is None else time, strength=strength), place)


DECLARATIONS = (
    Declaration(
        name="break",
        section="4.1.1",
        kinds=frozenset({Kind.SENTENCE}),
        attributes=(Attribute("time", designations.seconds), Attribute("strength", one_of(*STRENGTHS))),
        speak=speak,
    ),
)

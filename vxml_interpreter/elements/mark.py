"""<mark>: SSML 1.0, 3.3.2, and VoiceXML 2.1, 4."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.speech import values
from mirabelle.vxml_interpreter.speech.prompt import Mark, Segment
from mirabelle.vxml_interpreter.speech.segments import one

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def speak(element: "Element", place: "Place") -> "Steps[list[Segment]]":
    """A place in the prompt, whose name is evaluated when the prompt is queued."""
    name = yield from place.either(element, "name", "nameexpr")
    return one(Mark(" ".join((name or "").split())), place)


DECLARATIONS = (
    Declaration(
        name="mark",
        section="2.1: 4",
        kinds=frozenset({Kind.SENTENCE}),
        attributes=(Attribute("name", values.mark), Attribute("nameexpr", some_text)),
        exactly_one=(("name", "nameexpr"),),
        speak=speak,
    ),
)

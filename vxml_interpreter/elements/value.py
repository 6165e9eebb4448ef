"""<value>: VoiceXML 2.0, 4.1.4."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.speech.prompt import Segment, Text
from mirabelle.vxml_interpreter.speech.segments import one

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def speak(element: "Element", place: "Place") -> "Steps[list[Segment]]":
    """The value as text; what looks like markup in it is text too."""
    return one(Text((yield from place.text(element))), place)


DECLARATIONS = (
    Declaration(
        name="value",
        section="4.1.4",
        kinds=frozenset({Kind.AUDIBLE}),
        attributes=(Attribute("expr", some_text, required=True),),
        speak=speak,
    ),
)

"""<sub>: SSML 1.0, 3.1.10."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind
from mirabelle.vxml_interpreter.speech.prompt import Segment, Text
from mirabelle.vxml_interpreter.speech.segments import one

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def speak(element: "Element", place: "Place") -> "Steps[list[Segment]]":
    """The alias is spoken in place of the text."""
    yield from ()
    return one(Text(element.text("alias") or ""), place)


DECLARATIONS = (
    Declaration(
        name="sub",
        section="4.1.1",
        kinds=frozenset({Kind.SENTENCE}),
        attributes=(Attribute("alias", required=True),),
        character_data=True,
        speak=speak,
    ),
)

"""<phoneme>: SSML 1.0, 3.1.9."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind
from mirabelle.vxml_interpreter.speech import values
from mirabelle.vxml_interpreter.speech.prompt import Segment, Text
from mirabelle.vxml_interpreter.speech.segments import one, shaped, speak_content

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def speak(element: "Element", place: "Place") -> "Steps[list[Segment]]":
    """Its text, which may be empty: what is heard are the phonemes."""
    content = yield from speak_content(element, place)
    return shaped(element, content or one(Text(""), place), place)


DECLARATIONS = (
    Declaration(
        name="phoneme",
        section="4.1.1",
        kinds=frozenset({Kind.SENTENCE}),
        attributes=(Attribute("ph", required=True), Attribute("alphabet", values.alphabet)),
        character_data=True,
        speak=speak,
    ),
)

"""<audio>: VoiceXML 2.0, 4.1.3."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import Purpose
from mirabelle.vxml_interpreter.declarations import FETCHING, SPEECH, Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.events import Event
from mirabelle.vxml_interpreter.fetching import request
from mirabelle.vxml_interpreter.script import UNDEFINED
from mirabelle.vxml_interpreter.speech.prompt import Audio, Segment, Text
from mirabelle.vxml_interpreter.speech.segments import one, speak_content

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def speak(element: "Element", place: "Place") -> "Steps[list[Segment]]":
    """The recording with its content as fallback. An `expr` that is undefined or null silences both."""
    reference = element.text("src")
    if reference is None:
        value = yield from place.evaluate(element)
        if value is UNDEFINED or value is None:
            return []
        reference = yield from place.script(element, place.session.script.text(value))
    fallback = yield from speak_content(element, place)
    try:
        url = place.url(reference, element)
    except Event:
        # What is no URI cannot be played: the content is, and nobody hears of an error.
        return [Text(" "), *fallback, Text(" ")]
    fetch = request(url, element, place, Purpose.AUDIO)
    return one(Audio(url, tuple(fallback), (), fetch.timeout, fetch.maxage, fetch.maxstale), place)


DECLARATIONS = (
    Declaration(
        name="audio",
        section="4.1.3",
        kinds=frozenset({Kind.AUDIBLE}),
        contains=SPEECH | frozenset({"desc"}),
        attributes=(Attribute("src"), Attribute("expr", some_text), *FETCHING),
        exactly_one=(("src", "expr"),),
        character_data=True,
        speak=speak,
    ),
)

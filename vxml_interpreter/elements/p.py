"""<p>: SSML 1.0, 3.1.7."""

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind
from mirabelle.vxml_interpreter.speech.segments import speak_apart

DECLARATIONS = (
    Declaration(
        name="p",
        section="4.1.1",
        kinds=frozenset({Kind.STRUCTURE}),
        contains=frozenset({Kind.AUDIBLE, Kind.SENTENCE, "s"}),
        attributes=(Attribute("xml:lang", designations.language),),
        character_data=True,
        speak=speak_apart,
    ),
)

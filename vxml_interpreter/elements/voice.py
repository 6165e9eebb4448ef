"""<voice>: SSML 1.0, 3.2.1."""

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import SPEECH, Attribute, Declaration, Kind, one_of
from mirabelle.vxml_interpreter.speech import values
from mirabelle.vxml_interpreter.speech.segments import speak_attributed

DECLARATIONS = (
    Declaration(
        name="voice",
        section="4.1.1",
        kinds=frozenset({Kind.SENTENCE}),
        contains=SPEECH,
        attributes=(
            Attribute("xml:lang", designations.language),
            Attribute("gender", one_of("male", "female", "neutral")),
            Attribute("age", values.age),
            Attribute("variant", values.variant),
            Attribute("name", values.names),
        ),
        character_data=True,
        speak=speak_attributed,
    ),
)

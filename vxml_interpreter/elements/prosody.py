"""<prosody>: SSML 1.0, 3.2.4."""

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import SPEECH, Attribute, Declaration, Kind
from mirabelle.vxml_interpreter.speech.segments import speak_content

DECLARATIONS = (
    Declaration(
        name="prosody",
        section="4.1.1",
        kinds=frozenset({Kind.SENTENCE}),
        contains=SPEECH,
        attributes=(
            Attribute("pitch"),
            Attribute("contour"),
            Attribute("range"),
            Attribute("rate"),
            Attribute("duration", designations.seconds),
            Attribute("volume"),
        ),
        character_data=True,
        speak=speak_content,
    ),
)

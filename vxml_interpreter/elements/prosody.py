"""<prosody>: SSML 1.0, 3.2.4."""

from mirabelle.vxml_interpreter.declarations import SPEECH, Attribute, Declaration, Kind
from mirabelle.vxml_interpreter.speech import values
from mirabelle.vxml_interpreter.speech.segments import speak_attributed

DECLARATIONS = (
    Declaration(
        name="prosody",
        section="4.1.1",
        kinds=frozenset({Kind.SENTENCE}),
        contains=SPEECH,
        attributes=(
            Attribute("pitch", values.pitch),
            Attribute("contour", values.contour),
            Attribute("range", values.pitch),
            Attribute("rate", values.rate),
            Attribute("duration", values.duration),
            Attribute("volume", values.volume),
        ),
        character_data=True,
        speak=speak_attributed,
    ),
)

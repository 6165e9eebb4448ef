"""<phoneme>: SSML 1.0, 3.1.9."""

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind
from mirabelle.vxml_interpreter.speech.segments import speak_content

DECLARATIONS = (
    Declaration(
        name="phoneme",
        section="4.1.1",
        kinds=frozenset({Kind.SENTENCE}),
        attributes=(
            Attribute("ph", required=True),
            Attribute("alphabet"),
        ),
        character_data=True,
        speak=speak_content,
    ),
)

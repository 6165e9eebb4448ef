"""<say-as>: SSML 1.0, 3.1.8."""

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, token
from mirabelle.vxml_interpreter.speech.segments import speak_shaped

DECLARATIONS = (
    Declaration(
        name="say-as",
        section="4.1.1",
        kinds=frozenset({Kind.SENTENCE}),
        contains=frozenset({"value"}),
        attributes=(
            Attribute("interpret-as", token, required=True),
            Attribute("format", token),
            Attribute("detail", token),
        ),
        character_data=True,
        speak=speak_shaped,
    ),
)

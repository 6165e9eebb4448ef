"""<emphasis>: SSML 1.0, 3.2.2."""

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, one_of
from mirabelle.vxml_interpreter.speech.segments import speak_shaped

DECLARATIONS = (
    Declaration(
        name="emphasis",
        section="4.1.1",
        kinds=frozenset({Kind.SENTENCE}),
        contains=frozenset({Kind.AUDIBLE, Kind.SENTENCE}),
        attributes=(Attribute("level", one_of("strong", "moderate", "none", "reduced")),),
        character_data=True,
        speak=speak_shaped,
    ),
)

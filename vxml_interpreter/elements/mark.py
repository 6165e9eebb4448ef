"""<mark>: SSML 1.0, 3.3.2. VoiceXML 2.0 ignores it (Table 35)."""

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.speech.segments import say_nothing

DECLARATIONS = (
    Declaration(
        name="mark",
        section="4.1.1",
        kinds=frozenset({Kind.SENTENCE}),
        attributes=(
            Attribute("name", some_text),
            Attribute("nameexpr", some_text),
        ),
        speak=say_nothing,
    ),
)

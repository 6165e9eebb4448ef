"""<meta>: VoiceXML 2.0, 6.2.1. Says something about the document, does nothing."""

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, token
from mirabelle.vxml_interpreter.speech.segments import say_nothing

DECLARATIONS = (
    Declaration(
        name="meta",
        section="6.2.1",
        attributes=(
            Attribute("name", token),
            Attribute("content", required=True),
            Attribute("http-equiv", token),
        ),
        exactly_one=(("name", "http-equiv"),),
        speak=say_nothing,
    ),
)

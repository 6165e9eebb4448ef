"""<lexicon>: SSML 1.0, 3.1.4. Its prompt tells the leg of it."""

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration
from mirabelle.vxml_interpreter.speech import values
from mirabelle.vxml_interpreter.speech.segments import say_nothing

DECLARATIONS = (
    Declaration(
        name="lexicon",
        section="4.1.1",
        attributes=(Attribute("uri", values.uri, required=True), Attribute("type")),
        speak=say_nothing,
    ),
)

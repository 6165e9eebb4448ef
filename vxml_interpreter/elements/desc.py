"""<desc>: SSML 1.0, 3.3.3. Describes a recording; nobody hears it."""

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import Attribute, Declaration
from mirabelle.vxml_interpreter.speech.segments import say_nothing

DECLARATIONS = (
    Declaration(
        name="desc",
        section="4.1.1",
        attributes=(Attribute("xml:lang", designations.language),),
        character_data=True,
        speak=say_nothing,
    ),
)

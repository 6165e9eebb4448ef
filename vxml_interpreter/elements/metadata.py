"""<metadata>: VoiceXML 2.0, 6.2.2. Holds any markup of other languages."""

from mirabelle.vxml_interpreter.declarations import Declaration
from mirabelle.vxml_interpreter.speech.segments import say_nothing

DECLARATIONS = (Declaration(name="metadata", section="6.2.2", opaque=True, speak=say_nothing),)

"""<filled>: VoiceXML 2.0, 2.4. When its action is executed, `fia.process` decides."""

from mirabelle.vxml_interpreter.declarations import EXECUTABLE, Attribute, Declaration, one_of, some_tokens

DECLARATIONS = (
    Declaration(
        name="filled",
        section="2.4",
        contains=EXECUTABLE,
        attributes=(Attribute("mode", one_of("any", "all")), Attribute("namelist", some_tokens)),
        character_data=True,
    ),
)

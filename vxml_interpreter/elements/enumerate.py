"""<enumerate>: VoiceXML 2.0, 2.2.4."""

from mirabelle.vxml_interpreter.declarations import SPEECH, Declaration, Kind

DECLARATIONS = (
    Declaration(
        name="enumerate",
        section="2.2.4",
        kinds=frozenset({Kind.AUDIBLE}),
        contains=SPEECH,
        character_data=True,
    ),
)

"""<initial>: VoiceXML 2.0, 2.3.3. Declared, not built yet: error.unsupported.initial when visited."""

from mirabelle.vxml_interpreter.declarations import FORM_ITEM, Declaration, Kind

DECLARATIONS = (
    Declaration(
        name="initial",
        section="2.3.3",
        kinds=frozenset({Kind.CONTROL_ITEM}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "link", "prompt", "property"}),
        attributes=FORM_ITEM,
        character_data=True,
    ),
)

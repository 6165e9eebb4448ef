"""<record>: VoiceXML 2.0, 2.3.6. Declared, not built yet: error.unsupported.record when visited."""

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import FORM_ITEM, Attribute, Declaration, Kind, some_text

DECLARATIONS = (
    Declaration(
        name="record",
        section="2.3.6",
        kinds=frozenset({Kind.INPUT_ITEM}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "filled", "grammar", "prompt", "property"}),
        attributes=(
            *FORM_ITEM,
            Attribute("modal", designations.boolean),
            Attribute("beep", designations.boolean),
            Attribute("maxtime", designations.seconds),
            Attribute("finalsilence", designations.seconds),
            Attribute("dtmfterm", designations.boolean),
            Attribute("type", some_text),
        ),
        character_data=True,
    ),
)

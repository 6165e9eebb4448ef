"""<foreach>: VoiceXML 2.1, 6. Declared, not built yet: error.unsupported.foreach when executed or queued."""

from mirabelle.vxml_interpreter.declarations import (
    EXECUTABLE,
    SPEECH,
    Attribute,
    Declaration,
    Kind,
    some_text,
)

DECLARATIONS = (
    Declaration(
        name="foreach",
        section="2.1: 6",
        kinds=frozenset({Kind.EXECUTABLE}),
        contains=EXECUTABLE | SPEECH,
        attributes=(Attribute("array", some_text, required=True), Attribute("item", some_text, required=True)),
        character_data=True,
    ),
)

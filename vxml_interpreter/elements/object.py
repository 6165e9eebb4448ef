"""<object>: VoiceXML 2.0, 2.3.5. Declared, not built yet: error.unsupported.object when visited."""

from mirabelle.vxml_interpreter.declarations import (
    FETCHING,
    FORM_ITEM,
    Attribute,
    Declaration,
    Kind,
)

DECLARATIONS = (
    Declaration(
        name="object",
        section="2.3.5",
        kinds=frozenset({Kind.INPUT_ITEM}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "filled", "param", "prompt", "property"}),
        attributes=(
            *FORM_ITEM,
            Attribute("classid"),
            Attribute("codebase"),
            Attribute("codetype"),
            Attribute("data"),
            Attribute("type"),
            Attribute("archive"),
            *FETCHING,
        ),
        character_data=True,
    ),
)

"""<subdialog>: VoiceXML 2.0, 2.3.4. Declared, not built yet: error.unsupported.subdialog when visited."""

from mirabelle.vxml_interpreter.declarations import (
    FETCHING_DOCUMENTS,
    FORM_ITEM,
    SUBMITTING,
    Attribute,
    Declaration,
    Kind,
    some_text,
)

DECLARATIONS = (
    Declaration(
        name="subdialog",
        section="2.3.4",
        kinds=frozenset({Kind.INPUT_ITEM}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "filled", "param", "prompt", "property"}),
        attributes=(
            *FORM_ITEM,
            Attribute("src"),
            Attribute("srcexpr", some_text),
            *SUBMITTING,
            *FETCHING_DOCUMENTS,
        ),
        exactly_one=(("src", "srcexpr"),),
        character_data=True,
    ),
)

"""<data>: VoiceXML 2.1, 5. Declared, not built yet: error.unsupported.data when executed."""

from mirabelle.vxml_interpreter.declarations import (
    FETCHING_DOCUMENTS,
    SUBMITTING,
    Attribute,
    Declaration,
    Kind,
    some_text,
)

DECLARATIONS = (
    Declaration(
        name="data",
        section="2.1: 5",
        kinds=frozenset({Kind.INITIALIZER, Kind.EXECUTABLE}),
        attributes=(
            Attribute("name", some_text),
            Attribute("src"),
            Attribute("srcexpr", some_text),
            *SUBMITTING,
            *FETCHING_DOCUMENTS,
        ),
        exactly_one=(("src", "srcexpr"),),
    ),
)

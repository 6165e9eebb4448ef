"""<transfer>: VoiceXML 2.0, 2.3.7. Declared, not built yet: error.unsupported.transfer when visited."""

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import (
    FORM_ITEM,
    Attribute,
    Declaration,
    Kind,
    one_of,
    some_text,
)

DECLARATIONS = (
    Declaration(
        name="transfer",
        section="2.3.7",
        kinds=frozenset({Kind.INPUT_ITEM}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "filled", "grammar", "prompt", "property"}),
        attributes=(
            *FORM_ITEM,
            Attribute("dest"),
            Attribute("destexpr", some_text),
            Attribute("bridge", designations.boolean),
            Attribute("type", one_of("bridge", "blind", "consultation")),
            Attribute("connecttimeout", designations.seconds),
            Attribute("maxtime", designations.seconds),
            Attribute("transferaudio"),
            Attribute("aai"),
            Attribute("aaiexpr", some_text),
        ),
        exactly_one=(("dest", "destexpr"),),
        at_most_one=(("bridge", "type"), ("aai", "aaiexpr")),
        character_data=True,
    ),
)

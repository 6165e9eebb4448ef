"""<catch>: VoiceXML 2.0, 5.2.2. Which handler catches, `catching` decides."""

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import (
    EXECUTABLE,
    Attribute,
    Declaration,
    Kind,
    events,
    some_text,
)

DECLARATIONS = (
    Declaration(
        name="catch",
        section="5.2.2",
        kinds=frozenset({Kind.HANDLER}),
        contains=EXECUTABLE,
        attributes=(
            Attribute("event", events),
            Attribute("count", designations.count),
            Attribute("cond", some_text),
        ),
        character_data=True,
    ),
)

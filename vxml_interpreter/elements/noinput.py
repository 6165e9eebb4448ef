"""<noinput>: VoiceXML 2.0, 5.2.3. Short for `<catch event="noinput">`."""

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import EXECUTABLE, Attribute, Declaration, Kind, some_text

DECLARATIONS = (
    Declaration(
        name="noinput",
        section="5.2.3",
        kinds=frozenset({Kind.HANDLER}),
        contains=EXECUTABLE,
        attributes=(Attribute("count", designations.count), Attribute("cond", some_text)),
        character_data=True,
        events=("noinput",),
    ),
)

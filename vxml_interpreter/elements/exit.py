"""<exit>: VoiceXML 2.0, 5.3.9."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import EndReason
from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, some_text, tokens
from mirabelle.vxml_interpreter.leaving import Ending
from mirabelle.vxml_interpreter.script import Json
from mirabelle.vxml_interpreter.scripting import is_reference

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """End the dialogue. A single value is handed over under the name `expr`."""
    values: dict[str, Json] = {}
    script = place.session.script
    if "expr" in element:
        value = yield from place.evaluate(element)
        values["expr"] = yield from place.script(element, script.export(value))
    for name in element.names("namelist") or ():
        if not is_reference(name):
            raise place.fault(element, f'"{name}" in the namelist is neither a variable nor a property of one')
        value = yield from place.script(element, script.evaluate(name, place.scope))
        values[name] = yield from place.script(element, script.export(value))
    raise Ending(EndReason.EXIT, values)


DECLARATIONS = (
    Declaration(
        name="exit",
        section="5.3.9",
        kinds=frozenset({Kind.EXECUTABLE}),
        attributes=(Attribute("expr", some_text), Attribute("namelist", tokens)),
        at_most_one=(("expr", "namelist"),),
        execute=execute,
    ),
)

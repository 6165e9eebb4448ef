"""<exit>: VoiceXML 2.0, 5.3.9."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import EndReason
from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, some_text, tokens
from mirabelle.vxml_interpreter.leaving import Ending
from mirabelle.vxml_interpreter.namelist import exported

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """End the dialogue. A single value is handed over under the name `expr`."""
    values = yield from exported(element, place)
    if "expr" in element:
        value = yield from place.evaluate(element)
        values["expr"] = yield from place.script(element, place.session.script.export(value))
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

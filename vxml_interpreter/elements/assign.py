"""<assign>: VoiceXML 2.0, 5.3.2."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.scripting import is_reference

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """Give a declared variable, or a property of one, a new value."""
    name = element.text("name") or ""
    if not is_reference(name):
        raise place.fault(element, f'"{name}" is neither a variable nor a property of one')
    value = yield from place.evaluate(element)
    yield from place.script(element, place.session.script.assign(name, value, place.scope))


DECLARATIONS = (
    Declaration(
        name="assign",
        section="5.3.2",
        kinds=frozenset({Kind.EXECUTABLE}),
        attributes=(Attribute("name", some_text, required=True), Attribute("expr", some_text, required=True)),
        execute=execute,
    ),
)

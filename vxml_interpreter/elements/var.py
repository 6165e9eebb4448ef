"""<var>: VoiceXML 2.0, 5.3.1."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.scripting import name_fault

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """Declare the variable in the scope around the element. Without `expr` a value that is there stays.

    2.3.4: what the caller of a subdialog gives for a form's variable takes the place of `expr`.
    """
    name = element.text("name") or ""
    fault = name_fault(name)
    if fault is not None:
        raise place.fault(element, fault)
    script = place.session.script
    given = place.visit.parameters if place.visit else {}
    if element in given:
        script.declare(place.scope, name, given[element])
    elif "expr" in element or not script.declared(place.scope, name):
        script.declare(place.scope, name, (yield from place.evaluate(element)))


DECLARATIONS = (
    Declaration(
        name="var",
        section="5.3.1",
        kinds=frozenset({Kind.INITIALIZER, Kind.EXECUTABLE}),
        attributes=(Attribute("name", some_text, required=True), Attribute("expr", some_text)),
        execute=execute,
    ),
)

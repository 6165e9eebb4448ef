"""<clear>: VoiceXML 2.0, 5.3.3."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, tokens
from mirabelle.vxml_interpreter.script import UNDEFINED
from mirabelle.vxml_interpreter.scripting import is_reference

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.form import FormItem
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """Make variables undefined; form items among them begin anew. Without a namelist: all items of the form."""
    names = element.names("namelist")
    if names is None:
        yield from _clear_items(place)
        return
    for name in names:
        if not is_reference(name):
            raise place.fault(element, f'"{name}" is neither a variable nor a property of one')
        yield from place.script(element, place.session.script.assign(name, UNDEFINED, place.scope))
        item = _item(name, place)
        if item is not None and place.visit is not None:
            place.visit.reset(item)


def _clear_items(place: "Place") -> "Steps[None]":
    if place.visit is not None:
        for item in place.visit.dialog.items:
            yield from place.step()
            place.session.script.declare(place.visit.scope, item.variable, UNDEFINED)
            place.visit.reset(item)


def _item(name: str, place: "Place") -> "FormItem | None":
    """The form item that a name means here, unless a variable of a nearer scope hides it."""
    if place.visit is None:
        return None
    hidden = place.scope is not place.visit.scope and place.session.script.declared(place.scope, name)
    return None if hidden else place.visit.dialog.item(name.removeprefix("dialog."))


DECLARATIONS = (
    Declaration(
        name="clear",
        section="5.3.3",
        kinds=frozenset({Kind.EXECUTABLE}),
        attributes=(Attribute("namelist", tokens),),
        execute=execute,
    ),
)

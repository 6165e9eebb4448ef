"""<goto>: VoiceXML 2.0, 5.3.7."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import FETCHING_DOCUMENTS, Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.events import BADFETCH
from mirabelle.vxml_interpreter.leaving import NextItem, Transition
from mirabelle.vxml_interpreter.navigation import resolve

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """To another item of this form, or to another dialog."""
    item = yield from place.either(element, "nextitem", "expritem")
    if item is not None:
        if place.visit is None:
            raise place.fault(element, f'there is no form whose item "{item}" could be next')
        raise NextItem(item, place.fault(element, f'no form item is named "{item}"', BADFETCH))
    reference = yield from place.either(element, "next", "expr")
    raise Transition((yield from resolve(reference or "", element, place)))


DECLARATIONS = (
    Declaration(
        name="goto",
        section="5.3.7",
        kinds=frozenset({Kind.EXECUTABLE}),
        attributes=(
            Attribute("next"),
            Attribute("expr", some_text),
            Attribute("nextitem", some_text),
            Attribute("expritem", some_text),
            *FETCHING_DOCUMENTS,
        ),
        exactly_one=(("next", "expr", "nextitem", "expritem"),),
        execute=execute,
    ),
)

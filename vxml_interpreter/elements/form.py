"""<form>: VoiceXML 2.0, 2.1."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import FORM_ITEMS, Attribute, Declaration, Kind, one_of, token
from mirabelle.vxml_interpreter.fia import interpret
from mirabelle.vxml_interpreter.tree import Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.visit import Visit


def visit_form(visit: "Visit", place: "Place") -> "Steps[None]":
    """Interpret the form."""
    yield from interpret(visit, place)


def check(element: Element) -> Iterator[tuple[Element, str]]:
    """Names of items (2.3.1), where `<filled>` may look (2.4), grammars of items (3.1.3)."""
    yield from _names(element)
    for item in element.of_kind(*FORM_ITEMS):
        yield from _inside(item)
    inputs = {item.text("name") for item in element.of_kind(Kind.INPUT_ITEM)}
    for filled in element.elements("filled"):
        for name in filled.names("namelist") or ():
            if name not in inputs:
                yield filled, f'"{name}" in the namelist is not an input item of this form'


def _names(form: Element) -> Iterator[tuple[Element, str]]:
    seen: set[str] = set()
    for item in form.of_kind(*FORM_ITEMS):
        name = item.text("name")
        if name in seen:
            yield item, f'another item of the form is named "{name}" already'
        seen.update([name] if name else [])


def _inside(item: Element) -> Iterator[tuple[Element, str]]:
    for filled in item.elements("filled"):
        for attribute in ("mode", "namelist"):
            if attribute in filled:
                yield filled, f'inside an input item the attribute "{attribute}" is not allowed'
    for grammar in item.elements("grammar"):
        if "scope" in grammar:
            yield grammar, 'inside a form item the attribute "scope" is not allowed'


DECLARATIONS = (
    Declaration(
        name="form",
        section="2.1",
        kinds=frozenset({Kind.DIALOG}),
        contains=FORM_ITEMS | frozenset({Kind.HANDLER, Kind.INITIALIZER, "filled", "grammar", "link", "property"}),
        attributes=(Attribute("id", token), Attribute("scope", one_of("document", "dialog"))),
        check=check,
        interpret=visit_form,
    ),
)

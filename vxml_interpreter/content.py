"""Executing executable content: VoiceXML 2.0, 5.3."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.tree import Characters, Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place


def run(children: Iterable[Element | Characters], place: "Place") -> "Steps[None]":
    """Execute elements in document order. An event ends it."""
    for child in children:
        if isinstance(child, Element):
            yield from execute(child, place)


def execute(element: Element, place: "Place") -> "Steps[None]":
    """Execute one element."""
    action = element.declaration.execute
    if action is None:
        raise place.unsupported(element)
    yield from place.step()
    yield from action(element, place)

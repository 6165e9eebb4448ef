"""<menu>: VoiceXML 2.0, 2.2."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, one_of, token
from mirabelle.vxml_interpreter.elements.choice import choice_of
from mirabelle.vxml_interpreter.fia import interpret
from mirabelle.vxml_interpreter.form import Choice, FormItem
from mirabelle.vxml_interpreter.tree import Element
from mirabelle.vxml_interpreter.waiting import listen

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.hearing import Answer
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.visit import Visit

_KEYS = "123456789"


class Menu(FormItem):
    """The anonymous field that a menu stands for: 2.2.6. It is never filled: it asks until a choice leads out."""

    prompted = True

    def __init__(self, element: Element, number: int) -> None:
        super().__init__(element, number)
        self.choices = tuple(_choices(element))

    def visit(self, place: "Place") -> "Steps[Answer]":
        """Wait for the caller."""
        return (yield from listen(place, modal=False))


def _choices(menu: Element) -> Iterator[Choice]:
    """2.2.1: with dtmf="true" the first nine choices that name no keys get "1" to "9"."""
    given = iter(_KEYS if menu.flag("dtmf") else "")
    default = menu.text("accept") or "exact"
    for element in menu.elements("choice"):
        keys = element.text("dtmf")
        yield choice_of(element, next(given, None) if keys is None else keys, default)


def visit_menu(visit: "Visit", place: "Place") -> "Steps[None]":
    """Interpret the menu as the form that it stands for."""
    yield from interpret(visit, place)


def check(element: Element) -> Iterator[tuple[Element, str]]:
    """2.2.1: beside dtmf="true" a choice may only have keys that the menu does not give out itself."""
    for choice in element.elements("choice") if element.flag("dtmf") else ():
        keys = choice.text("dtmf")
        if keys is not None and keys.strip() not in ("*", "#", "0"):
            yield choice, f'in a menu with dtmf="true" the keys of a choice may be "*", "#" or "0", not "{keys}"'


DECLARATIONS = (
    Declaration(
        name="menu",
        section="2.2.1",
        kinds=frozenset({Kind.DIALOG}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "choice", "prompt", "property"}),
        attributes=(
            Attribute("id", token),
            Attribute("scope", one_of("document", "dialog")),
            Attribute("accept", one_of("exact", "approximate")),
            Attribute("dtmf", designations.boolean),
        ),
        character_data=True,
        check=check,
        item=Menu,
        interpret=visit_menu,
    ),
)

"""Who acts on what the caller said: VoiceXML 2.0, 2.1.6.2.3 and the process phase of Appendix C."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mirabelle.vxml_interpreter.answers import Recognized
from mirabelle.vxml_interpreter.application import Loaded, Target, within_document
from mirabelle.vxml_interpreter.choosing import choose
from mirabelle.vxml_interpreter.events import Event
from mirabelle.vxml_interpreter.form import Dialog, InputItem
from mirabelle.vxml_interpreter.leaving import Transition
from mirabelle.vxml_interpreter.results import fill_item, fill_slots
from mirabelle.vxml_interpreter.tree import Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place


class Owner(Protocol):
    """To whom a grammar belongs."""

    @property
    def name(self) -> str:
        """Which that is, for people."""

    def take(self, reply: Recognized, place: "Place") -> "Steps[Sequence[InputItem]]":
        """Do what the input asks for. Returns the items that it has just filled; ways out and events are raised."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller said, and to whom."""

    reply: Recognized
    owner: Owner


@dataclass(frozen=True, slots=True)
class OfItem:
    """A field-level grammar: 3.1.6.2."""

    item: InputItem

    @property
    def name(self) -> str:
        """The item."""
        return f"{self.item.element.name} {self.item.variable}"

    def take(self, reply: Recognized, place: "Place") -> "Steps[Sequence[InputItem]]":
        """Fill the item."""
        yield from ()
        return fill_item(self.item, reply, place)


@dataclass(frozen=True, slots=True)
class OfDialog:
    """A grammar of a form; of another one when its scope is the document: 3.1.6.1."""

    dialog: Dialog
    loaded: Loaded

    @property
    def name(self) -> str:
        """The form."""
        return f"{self.dialog.element.name} {self.dialog.id or ''}".rstrip()

    def take(self, reply: Recognized, place: "Place") -> "Steps[Sequence[InputItem]]":
        """Fill what the result has a value for. In another dialog the form begins with this in its process phase."""
        yield from ()
        enter(self.dialog, self.loaded, Answer(reply, self), place)
        return fill_slots(reply, place)


@dataclass(frozen=True, slots=True)
class OfChoice:
    """A choice of a menu, which may be another one when its scope is the document: 2.2.6."""

    element: Element
    dialog: Dialog
    loaded: Loaded

    @property
    def name(self) -> str:
        """The choice."""
        return f"choice on line {self.element.line}"

    def take(self, reply: Recognized, place: "Place") -> "Steps[Sequence[InputItem]]":
        """Go where the choice leads."""
        enter(self.dialog, self.loaded, Answer(reply, self), place)
        yield from choose(self.element, place)
        return ()


@dataclass(frozen=True, slots=True)
class OfLink:
    """A link of the document at `source`: 2.5. Its attributes mean what they mean where the caller is."""

    element: Element
    source: str

    @property
    def name(self) -> str:
        """The link."""
        return f"link on line {self.element.line}"

    def take(self, _reply: Recognized, place: "Place") -> "Steps[Sequence[InputItem]]":
        """Go where the link leads, or throw its event in the item that the caller is in."""
        yield from choose(self.element, place.handling(place.scope, self.source))
        return ()


@dataclass(frozen=True, slots=True)
class OfUniversal:
    """A command of the platform: help, exit, cancel (6.3.6)."""

    event: str

    @property
    def name(self) -> str:
        """The command."""
        return f"universal {self.event}"

    def take(self, _reply: Recognized, _place: "Place") -> "Steps[Sequence[InputItem]]":
        """Throw its event."""
        yield from ()
        raise Event(self.event, f'the caller used the universal command "{self.event}"')


def enter(dialog: Dialog, loaded: Loaded, answer: Answer, place: "Place") -> None:
    """Carry what was said to the dialog that it belongs to, unless the caller is in it."""
    if place.visit is not None and place.visit.dialog is dialog:
        return
    context = place.context
    target = within_document(context, dialog) if loaded is context.active else Target(dialog, context.root)
    raise Transition(target.with_answer(answer))

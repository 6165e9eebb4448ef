"""Which grammars listen, and for whom: VoiceXML 2.0, 3.1.3 and 3.1.4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.application import Loaded
from mirabelle.vxml_interpreter.form import Dialog, FormItem, InputItem
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Mode
from mirabelle.vxml_interpreter.grammar.options import SAID, Option, option_grammar
from mirabelle.vxml_interpreter.grammars import grammar_of
from mirabelle.vxml_interpreter.hearing import OfChoice, OfDialog, OfItem, OfLink, OfUniversal, Owner
from mirabelle.vxml_interpreter.tree import Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place


@dataclass(frozen=True, slots=True)
class Listener:
    """A grammar that listens, and who acts on what it hears. `name` says to people which it is."""

    grammar: Grammar
    owner: Owner
    weight: float = 1.0
    name: str = ""


def activate(place: "Place", *, modal: bool, required: bool = True) -> "Steps[Sequence[Listener]]":
    """The active grammars of the item that is visited, in order of precedence. A modal item turns all but its own off.

    Raises error.semantic when nothing listens though something is `required` to, and what keeps a grammar from being
    had.
    """
    listeners: list[Listener] = []
    item, context = place.item, place.context
    if item is not None:
        yield from _add(listeners, _of_item(item, context.active), context.active, place)
    if place.visit is not None and not modal:
        yield from _add(listeners, _of_dialog(place.visit.dialog, context.active), context.active, place)
        for loaded in context.documents:
            yield from _add(listeners, _of_document(loaded, place.visit.dialog), loaded, place)
        listeners += _universals(place)
    if required and not listeners:
        element = item.element if item else context.active.document.element
        raise place.fault(element, "no grammar is active: give the item a type, options or a grammar")
    return listeners


_Part = tuple[Grammar | Element, Owner]


def _add(listeners: list[Listener], parts: Iterable[_Part], loaded: Loaded, place: "Place") -> "Steps[None]":
    for source, owner in parts:
        yield from place.step()
        if not isinstance(source, Element):
            listeners.append(Listener(source, owner, name=owner.name))
            continue
        grammar = yield from grammar_of(source, loaded, place)
        name = f"{owner.name}, grammar on line {source.line}"
        listeners.append(Listener(grammar, owner, source.number("weight") or 1.0, name))


def _of_item(item: FormItem, loaded: Loaded) -> Iterable[_Part]:
    for source in item.sources:
        if isinstance(source, Element) and source.name == "link":
            yield from _of_link(source, loaded)
        elif isinstance(item, InputItem):
            yield source, OfItem(item)


def _of_dialog(dialog: Dialog, loaded: Loaded) -> Iterable[_Part]:
    """All that a dialog listens to while the caller is in it."""
    yield from _choices(dialog, loaded)
    for child in dialog.element.elements("grammar", "link"):
        yield from _of_link(child, loaded) if child.name == "link" else [(child, OfDialog(dialog, loaded))]


def _of_document(loaded: Loaded, current: Dialog) -> Iterable[_Part]:
    """Its links, and what of its other dialogs has the scope of the document."""
    for listening in loaded.document.listening:
        if isinstance(listening, Element):
            yield from _of_link(listening, loaded)
        elif listening is not current:
            yield from _of_other(listening, loaded)


def _of_other(dialog: Dialog, loaded: Loaded) -> Iterable[_Part]:
    default = dialog.element.text("scope")
    if default == "document":
        yield from _choices(dialog, loaded)
    for child in dialog.element.elements("grammar"):
        if (child.text("scope") or default) == "document":
            yield child, OfDialog(dialog, loaded)


def _choices(dialog: Dialog, loaded: Loaded) -> Iterable[_Part]:
    for choice in dialog.choices:
        owner = OfChoice(choice.element, dialog, loaded)
        yield from ((source, owner) for source in choice.sources)


def _of_link(link: Element, loaded: Loaded) -> Iterable[_Part]:
    owner = OfLink(link, loaded.source.url)
    for child in link.elements("grammar"):
        yield child, owner
    if "dtmf" in link:
        yield _pressed(link.text("dtmf") or ""), owner


@lru_cache(maxsize=1024)
def _pressed(keys: str) -> Grammar:
    return option_grammar([Option(keys, SAID)], Mode.DTMF)


def _universals(place: "Place") -> Iterable[Listener]:
    """6.3.6: the platform's own commands, which are off unless the property says otherwise."""
    words = place.session.settings.universals
    chosen = str(place.property_value("universals") or "none").split()
    for event, phrase in words.items():
        if "all" in chosen or event in chosen:
            yield Listener(_said(phrase), OfUniversal(event), name=f"universal {event}")


@lru_cache(maxsize=64)
def _said(phrase: str) -> Grammar:
    return option_grammar([Option(phrase, SAID)], Mode.VOICE)

"""Which grammars listen: VoiceXML 2.0, 3.1.4."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import ActiveGrammar
from mirabelle.vxml_interpreter.declarations import Kind
from mirabelle.vxml_interpreter.grammar.matching import Grammar
from mirabelle.vxml_interpreter.tree import Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.place import Place


def activate(own: Sequence[Grammar], place: "Place", *, modal: bool) -> tuple[ActiveGrammar, ...]:
    """The active grammars in order of precedence. A modal item turns all but its own off.

    Raises error.semantic when nothing could be understood, and error.unsupported for grammars and links.
    """
    for element, source in _listening(place, modal=modal):
        cause = "only builtin types and options are understood so far"
        raise place.handling(place.scope, source).unsupported(element, cause)
    if not own:
        element = place.item.element if place.item else place.context.active.document.element
        raise place.fault(element, "no grammar is active: give the item a type, options or a grammar")
    return tuple(ActiveGrammar(key, grammar) for key, grammar in enumerate(own))


def _listening(place: "Place", *, modal: bool) -> Iterator[tuple[Element, str]]:
    """The grammars and links that are active here, with the address of their document, in order of precedence."""
    for element, source in place.levels():
        if modal and (place.item is None or element is not place.item.element):
            return
        for child in element.elements("grammar", "link"):
            yield child, source
        for dialog in element.of_kind(Kind.DIALOG):
            if place.visit is None or dialog is not place.visit.dialog.element:
                yield from ((listening, source) for listening in _of_document_scope(dialog))


def _of_document_scope(dialog: Element) -> Iterator[Element]:
    """What of another dialog listens in the whole document: 3.1.3."""
    default = dialog.text("scope")
    for child in dialog.elements("grammar", "choice"):
        if (child.text("scope") or default) == "document":
            yield child

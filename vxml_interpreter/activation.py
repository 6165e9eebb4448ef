"""Which grammars listen: VoiceXML 2.0, 3.1.4."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import ActiveGrammar
from mirabelle.vxml_interpreter.grammar.matching import Grammar

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.place import Place

_LISTENING = ("grammar", "link")


def activate(own: Sequence[Grammar], place: "Place", *, modal: bool) -> tuple[ActiveGrammar, ...]:
    """The active grammars in order of precedence. A modal item turns all but its own off.

    Raises error.semantic when nothing could be understood, and error.unsupported for grammars and links.
    """
    for element, source in place.levels():
        inside = place.item is not None and element is place.item.element
        if modal and not inside:
            break
        for child in element.elements(*_LISTENING):
            raise place.handling(place.scope, source).unsupported(
                child, "only builtin types and options are understood so far"
            )
    if not own:
        item = place.item
        raise place.fault(
            item.element if item else place.context.active.document.element,
            "no grammar is active: give the item a type, options or a grammar",
        )
    return tuple(ActiveGrammar(key, grammar) for key, grammar in enumerate(own))

"""Documents, compiled: VoiceXML 2.0, 1.5."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mirabelle.vxml_interpreter.commands import Lenient
from mirabelle.vxml_interpreter.declarations import Kind
from mirabelle.vxml_interpreter.form import Dialog, compile_dialog
from mirabelle.vxml_interpreter.hints import Hinted, hinted
from mirabelle.vxml_interpreter.mending import Lenience
from mirabelle.vxml_interpreter.tree import Element


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A VoiceXML document, checked and compiled (1.5). `application` is the reference to its root document.

    `listening`: its links, and the dialogs with grammars that listen in all the document, in document order (3.1.3).
    `hinted`: what it refers to and may be fetched ahead (6.1.3).
    """

    element: Element
    dialogs: tuple[Dialog, ...]
    listening: tuple[Element | Dialog, ...] = ()
    lenient: tuple[Lenience, ...] = ()
    hinted: tuple[Hinted, ...] = ()
    named: Mapping[str, Dialog] = field(init=False)

    def __post_init__(self) -> None:
        # The first of an id counts.
        named = {dialog.id: dialog for dialog in reversed(self.dialogs) if dialog.id is not None}
        object.__setattr__(self, "named", MappingProxyType(named))

    @property
    def application(self) -> str | None:
        """The `application` attribute."""
        return self.element.text("application")

    def forgiven(self, url: str) -> Iterator[Lenient]:
        """What this document, loaded from `url`, was forgiven: once for each leniency."""
        uses: dict[str, list[Lenience]] = {}
        for use in self.lenient:
            uses.setdefault(use.name, []).append(use)
        for name, found in uses.items():
            yield Lenient(name, found[0].message, url, tuple(sorted({use.line for use in found})))

    def dialog(self, fragment: str) -> Dialog | None:
        """The dialog that a fragment names; the first in the document when it names none (5.3.7)."""
        if not fragment:
            return self.dialogs[0] if self.dialogs else None
        return self.named.get(fragment)


def document_of(element: Element, lenient: tuple[Lenience, ...] = ()) -> Document:
    """The document of a root element."""
    dialogs = {child: compile_dialog(child) for child in element.of_kind(Kind.DIALOG)}
    listening: list[Element | Dialog] = []
    for child in element.elements():
        if child.name == "link":
            listening.append(child)
        elif child in dialogs and _listens_everywhere(child):
            listening.append(dialogs[child])
    return Document(element, tuple(dialogs.values()), tuple(listening), lenient, hinted(element))


def _listens_everywhere(dialog: Element) -> bool:
    scopes = (grammar.text("scope") for grammar in dialog.elements("grammar"))
    return dialog.text("scope") == "document" or "document" in scopes

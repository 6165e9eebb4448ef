"""Documents, compiled: VoiceXML 2.0, 1.5."""

from dataclasses import dataclass

from mirabelle.vxml_interpreter.form import Dialog
from mirabelle.vxml_interpreter.tree import Element


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A VoiceXML document, checked and compiled (1.5). `application` is the reference to its root document."""

    element: Element
    dialogs: tuple[Dialog, ...]
    lenient: tuple[str, ...] = ()

    @property
    def application(self) -> str | None:
        """The `application` attribute."""
        return self.element.text("application")

    def dialog(self, fragment: str) -> Dialog | None:
        """The dialog that a fragment names; the first in the document when it names none (5.3.7)."""
        if not fragment:
            return self.dialogs[0] if self.dialogs else None
        return next((dialog for dialog in self.dialogs if dialog.id == fragment), None)

"""The ways out of executable content. Each is caught in exactly one place."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import EndReason
from mirabelle.vxml_interpreter.events import Event
from mirabelle.vxml_interpreter.script import Json

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.application import Target
    from mirabelle.vxml_interpreter.behaviour import Returned


class NextItem(Exception):
    """`<goto nextitem>`: another item of this form (5.3.7). Caught by the form's main loop, `fia.interpret`.

    `missing` is the event for the case that no item is named so.
    """

    def __init__(self, name: str, missing: Event) -> None:
        super().__init__(name)
        self.name = name
        self.missing = missing


class Transition(Exception):
    """To another dialog, whose document has been fetched and found good. Caught by `dialogue.follow`."""

    def __init__(self, target: "Target") -> None:
        super().__init__(target)
        self.target = target


class Returning(Exception):
    """`<return>`: from a subdialog to where it was called (5.3.10). Caught by `dialogue.call`."""

    def __init__(self, returned: "Returned") -> None:
        super().__init__(returned)
        self.returned = returned


class Ending(Exception):
    """The dialogue ends: `<exit>`, nothing left, hang-up, uncaught error. Caught by `dialogue.dialogue`."""

    def __init__(self, reason: EndReason, values: Mapping[str, Json] | None = None, error: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values or {}
        self.error = error

"""What the platform knows of a session's variables without asking its worker.

The host's own declarations, and what was asked for, are watched by the worker: each reply tells which have changed.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from mirabelle.contrib.ecmascript_quickjs.border import as_double, outgoing_number
from mirabelle.vxml_interpreter.script import UNDEFINED, Value


class State(Enum):
    """What is known of a variable that is not a value."""

    OBJECT = "o"
    """An object: which one, only the worker knows."""
    COMPUTED = "g"
    MISSING = "m"
    UNKNOWN = "?"


Known = Value | State


class VariableScope:
    """A scope, by its number in the session."""

    __slots__ = ("__weakref__", "_forgotten", "_known", "_writes", "identifier", "names", "owner")

    def __init__(self, owner: object, identifier: int, names: Iterable[str], forgotten: Callable[[int], None]) -> None:
        self.owner, self.identifier = owner, identifier
        self.names = set(names)
        self._forgotten = forgotten
        self._known: dict[str, Known] = {}
        self._writes: dict[str, int] = {}

    def __del__(self) -> None:
        self._forgotten(self.identifier)

    def get(self, name: str) -> Known:
        """What is known of a variable."""
        return self._known.get(name, State.MISSING if name in self.names else State.UNKNOWN)

    def put(self, name: str, known: Known, write: int) -> None:
        """What the host knows from its write of that number, or from an answer to a question after it."""
        self.names.discard(name)
        self._known[name], self._writes[name] = known, write

    def learn(self, name: str, told: Any, applied: int) -> None:
        """What a worker tells that had seen the writes up to `applied`; a later one of the host's stands."""
        if name in self._known and self._writes[name] <= applied:
            self._known[name] = told_value(told)

    def doubt(self) -> None:
        """Changes were not told: nothing is known any more."""
        self._known.clear()
        self._writes.clear()


def told_value(told: Any) -> Known:
    """A variable as workers tell of it. Raises `ValueError`, `LookupError` or `TypeError` for anything else."""
    match told:
        case [str(state)] if state != "u":
            return State(state)
    return read_primitive(told)


def read_primitive(told: Any) -> Value:
    """A primitive of a reply. Raises `ValueError`, `LookupError` or `TypeError` for anything else."""
    match told:
        case ["u"]:
            return UNDEFINED
        case ["n", str(number)]:
            return float(number)
        case float():
            return outgoing_number(as_double(told))
        case None | str() | bool() | int():
            return told
    raise ValueError(f"{told!r} is no primitive")

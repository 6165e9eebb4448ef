"""What the platform knows of a session's variables without asking its worker.

The worker watches them: each reply tells which have changed, and which scripts have made. So all are known, with their
values as far as these are primitive.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from mirabelle.contrib.ecmascript_quickjs.border import as_double, is_primitive, json_primitive, outgoing_number
from mirabelle.vxml_interpreter.script import UNDEFINED, Json, Value


class State(Enum):
    """What is known of a variable that is not a value."""

    OBJECT = "o"
    """An object: which one, only the worker knows."""
    COMPUTED = "g"
    MISSING = "m"


Known = Value | State


class VariableScope:
    """A scope, by its number in the session.

    `plain`: the variables that scripts can change and can do nothing else with, because the host has made them.
    """

    __slots__ = (
        "__weakref__",
        "_forgotten",
        "_known",
        "_writes",
        "identifier",
        "names",
        "owner",
        "parent",
        "plain",
        "writable",
    )

    def __init__(
        self,
        owner: object,
        identifier: int,
        parent: "VariableScope | None",
        names: Iterable[str],
        writable: bool,
        forgotten: Callable[[int], None],
    ) -> None:
        self.owner, self.identifier, self.parent = owner, identifier, parent
        self.names, self.writable = set(names), writable
        self.plain: set[str] = set()
        self._forgotten = forgotten
        self._known: dict[str, Known] = {}
        self._writes: dict[str, int] = {}

    def __del__(self) -> None:
        self._forgotten(self.identifier)

    def get(self, name: str) -> Known:
        """What is known of a variable of exactly this scope."""
        return self._known.get(name, State.MISSING)

    def find(self, name: str) -> "tuple[VariableScope, Known] | None":
        """The scope where a name is a variable, from here outwards; None where it is not, or names a scope."""
        scope: VariableScope | None = self
        while scope is not None and name not in scope.names:
            if (known := scope.get(name)) is not State.MISSING:
                return scope, known
            scope = scope.parent
        return None

    def primitives(self) -> dict[str, Json]:
        """The variables as far as they are primitive, safe in JSON; null for the others."""
        known = {name: value for name, value in self._known.items() if value is not State.MISSING}
        return {name: json_primitive(value) if is_primitive(value) else None for name, value in known.items()}

    def put(self, name: str, known: Known, write: int) -> None:
        """What the host knows from its write of that number."""
        self.names.discard(name)
        self._known[name], self._writes[name] = known, write

    def note(self, name: str, known: Known) -> None:
        """What the host knows from an answer to a question."""
        self._known[name] = known

    def learn(self, name: str, told: Any, applied: int) -> None:
        """What a worker tells that had seen the writes up to `applied`; a later one of the host's stands."""
        if self._writes.get(name, 0) <= applied:
            self._known[name] = told_value(told)


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

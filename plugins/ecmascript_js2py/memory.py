"""How much memory a session's objects and strings take, estimated.

Counting what is freed would cost every instruction something. Instead what is made is counted, and each time that
is a good part of the limit, what can still be reached is looked through.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from weakref import WeakSet

from mirabelle.plugins.ecmascript_js2py.frames import Frame
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, PyJs, null, undefined
from mirabelle.plugins.ecmascript_js2py.limits import Limit

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.scopes import VariableScope

PROPERTY = 400
"""Bytes of a property: its descriptor, its name, its place in the table."""
OBJECT = 300
"""Bytes of an object without its properties."""
STEP = 4_000
"""Objects and properties that are looked at in one go."""
SMALL = frozenset({bool, float, type(None), type(undefined), type(null)})
"""Types of values that take no memory of their own."""


class Memory:
    """The account of one session."""

    __slots__ = ("_before", "_interval", "_limit", "_made", "_mark", "_scopes")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._interval = limit // 4
        self._made = 0
        self._before = 0
        self._mark = 0
        self._scopes: WeakSet[VariableScope] = WeakSet()

    def watch(self, scope: "VariableScope") -> None:
        """Everything that can be reached from this scope counts, for as long as it exists."""
        self._scopes.add(scope)

    def made(self, size: int) -> None:
        """Something of so many bytes was made."""
        self._made += size

    def mark(self) -> None:
        """Everything made so far can be seen by the census."""
        self._mark = self._before + self._made

    def check_hidden(self) -> None:
        """Refuse to make more than the limit in one go: a built-in function may hold all of it. Raises `Limit`."""
        if self._before + self._made - self._mark > self._limit:
            raise Limit("memory")

    @property
    def is_due(self) -> bool:
        """Whether enough was made to look what is left of it."""
        return self._made > self._interval

    def census(self, frames: Iterable[Frame]) -> Iterator[int]:
        """Count what can be reached, and give now and then how much was looked at. Raises `Limit` for too much."""
        census = Census(self._limit)
        for scope in self._scopes:
            census.add(scope.object)
        for frame in frames:
            census.add_frame(frame)
        self._before += self._made
        self._made = 0
        yield from census.steps()
        if census.is_within_limit:
            self._interval = self._limit // 4
            return
        # The session stays of use, so that an error can be handled; but each further attempt gets less room.
        self._tighten()
        raise Limit("memory")

    def begin(self) -> None:
        """A new evaluation starts. What the last one was stopped over before it was counted is counted a bit later."""
        if self.is_due:
            self._before += self._made
            self._made = 0
            self._tighten()

    def _tighten(self) -> None:
        self._interval = max(self._interval // 2, self._limit // 256)


class Census:
    """One look at all that can be reached."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._seen: set[int] = set()
        self._pending: list[JsValue] = []

    def add(self, value: JsValue) -> None:
        """A value that can be reached."""
        kind = type(value)
        if kind in SMALL or id(value) in self._seen:
            return
        self._seen.add(id(value))
        if kind is str:
            self._size += len(value)
        elif isinstance(value, PyJs):
            self._pending.append(value)

    def add_frame(self, frame: Frame) -> None:
        """What a running function holds."""
        for value in (*frame.stack, *frame.held):
            self.add(value)
        self.add(frame.this)
        self._add_scope(frame.scope)

    def _add_scope(self, scope: object) -> None:
        while scope is not None and id(scope) not in self._seen:
            self._seen.add(id(scope))
            for value in getattr(scope, "values", {}).values():
                self.add(value)
            self.add(getattr(scope, "object", None))
            scope = getattr(scope, "parent", None)

    @property
    def is_within_limit(self) -> bool:
        """Whether what was seen is not too much."""
        return self._size <= self._limit

    def steps(self) -> Iterator[int]:
        """Follow everything to its end, or until it is too much; others may run between two steps."""
        pending, seen = self._pending, 0
        while pending and self._size <= self._limit:
            seen += self._look(pending.pop())
            if seen >= STEP:
                yield seen
                seen = 0
        yield seen

    def _look(self, thing: JsValue) -> int:
        """Count one object; how many parts it has."""
        properties = dict.__len__(thing.own)
        self._size += OBJECT + PROPERTY * properties
        for descriptor in dict.values(thing.own):
            for value in descriptor.values():
                if type(value) not in SMALL:
                    self.add(value)
        self._add_internals(thing)
        return 4 + properties

    def _add_internals(self, thing: JsValue) -> None:
        self.add(thing.prototype)
        self.add(thing.value)
        parts = vars(thing)
        if "scope" in parts:
            self._add_scope(parts["scope"])
        if "target" in parts:
            self.add(parts["target"])
            self.add(parts["this"])
            self._size += 8 * len(parts["arguments"])
            for value in parts["arguments"]:
                self.add(value)

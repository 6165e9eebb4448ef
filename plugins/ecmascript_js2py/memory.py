"""How much memory a session's objects and strings take, estimated.

Counting what is freed would cost every instruction something. Instead what is made is counted, and each time that
is a good part of the limit, what can still be reached is looked through.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from weakref import WeakSet

from mirabelle.plugins.ecmascript_js2py.frames import Frame
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, PyJs
from mirabelle.plugins.ecmascript_js2py.limits import Limit

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.scopes import VariableScope

PROPERTY = 400
"""Bytes of a property: its descriptor, its name, its place in the table."""
OBJECT = 300
"""Bytes of an object without its properties."""


class Memory:
    """The account of one session."""

    __slots__ = ("_interval", "_limit", "_made", "_scopes")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._interval = limit // 4
        self._made = 0
        self._scopes: WeakSet[VariableScope] = WeakSet()

    def watch(self, scope: "VariableScope") -> None:
        """Everything that can be reached from this scope counts, for as long as it exists."""
        self._scopes.add(scope)

    def made(self, size: int) -> None:
        """Something of so many bytes was made."""
        self._made += size

    @property
    def is_due(self) -> bool:
        """Whether enough was made to look what is left of it."""
        return self._made > self._interval

    def census(self, frames: Iterable[Frame]) -> None:
        """Count what can be reached. Raises `Limit` when that is too much."""
        seen: set[int] = set()
        size = 0
        pending: list[JsValue] = [scope.object for scope in self._scopes]
        for frame in frames:
            pending.extend(_held_by_frame(frame))
        while pending:
            thing = pending.pop()
            if id(thing) in seen:
                continue
            seen.add(id(thing))
            if isinstance(thing, str):
                size += 50 + len(thing)
            elif isinstance(thing, PyJs):
                size += OBJECT + PROPERTY * len(thing.own)
                pending.extend(_held_by_object(thing))
            if size > self._limit:
                raise Limit("memory")
        self._made = 0


def _held_by_frame(frame: Frame) -> Iterator[JsValue]:
    yield from frame.stack
    yield frame.this
    yield from _held_by_scope(frame.scope)


def _held_by_scope(scope: object) -> Iterator[JsValue]:
    while scope is not None:
        values = getattr(scope, "values", None)
        if values is not None:
            yield from values.values()
        else:
            yield getattr(scope, "object", None)
        scope = getattr(scope, "parent", None)


def _held_by_object(thing: JsValue) -> Iterator[JsValue]:
    for name, descriptor in dict.items(thing.own):
        yield name
        yield from descriptor.values()
    yield thing.prototype
    yield thing.value
    scope = getattr(thing, "scope", None)
    if scope is not None:
        yield from _held_by_scope(scope)
    for held in ("target", "this", "arguments"):
        part = getattr(thing, held, None)
        if isinstance(part, tuple):
            yield from part
        elif part is not None:
            yield part

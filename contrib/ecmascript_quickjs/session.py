"""A session: fulfils `ScriptSession`. See there for what its methods promise.

What the host writes is kept and sent with what is asked next: a dialogue waits for its worker only where a script runs.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast
from weakref import WeakValueDictionary

from mirabelle.contrib.ecmascript_quickjs.border import (
    Encoded,
    ObjectHandle,
    encoded,
    is_primitive,
    json_primitive,
    number_text,
    primitive,
)
from mirabelle.contrib.ecmascript_quickjs.exchange import Answer, Exchange
from mirabelle.contrib.ecmascript_quickjs.mirror import Known, State, VariableScope, read_primitive, told_value
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.contrib.ecmascript_quickjs.simple import NoLiteral, is_name, literal
from mirabelle.vxml_interpreter.script import UNDEFINED, Json, Scope, ScriptError, ScriptLimit, Value, Work

T = TypeVar("T")


class QuickjsSession:
    """The script state of one dialogue, in a worker."""

    def __init__(self, workers: Workers, now: Callable[[], float], seeds: list[int]) -> None:
        self._options, self._now = workers.options, now
        self._certain = True
        self._scopes: WeakValueDictionary[int, VariableScope] = WeakValueDictionary()
        self._last_scope = 0
        self._exchange = Exchange(self, workers, seeds)

    # ---- scopes and variables ----

    def scope(self, parent: Scope | None, *names: str, writable: bool = True) -> VariableScope:
        """A new scope below `parent`."""
        outer = None if parent is None else self._own(parent)
        self._last_scope += 1
        made = VariableScope(self, self._last_scope, outer, names, writable, self._exchange.forgotten.append)
        self._scopes[self._last_scope] = made
        self._exchange.write("scope", self._last_scope, outer.identifier if outer else 0, writable, list(names))
        return made

    def declare(self, scope: Scope, name: str, value: Value | Json = UNDEFINED, writable: bool = True) -> None:
        """Make or replace a variable of exactly this scope."""
        own, given = self._own(scope), encoded(value, self)
        write = self._exchange.write("declare", own.identifier, name, writable, given)
        own.put(name, _known(value), write)
        (own.plain.add if writable and own.writable else own.plain.discard)(name)

    def declared(self, scope: Scope, name: str) -> bool:
        """Whether exactly this scope has that variable."""
        return self._state(self._own(scope), name) is not State.MISSING

    def value(self, scope: Scope, name: str) -> Value:
        """The variable of exactly this scope."""
        own = self._own(scope)
        known = self._state(own, name)
        if known is State.OBJECT:
            known = self._asked(own, name)
        if not isinstance(known, State):
            return known
        if known is State.OBJECT:
            return ObjectHandle(self, 0, False, "lost object", _keep)
        if known is State.COMPUTED:
            raise ScriptError("TypeError", f"{name} is computed by a script")
        raise ScriptError("ReferenceError", f"{name} is not defined")

    def _state(self, scope: VariableScope, name: str) -> Known:
        return scope.get(name) if self._knows() else self._asked(scope, name)

    def _knows(self) -> bool:
        """Whether what is known of variables is true: not while a script runs, and not when changes were not told."""
        return self._certain and not self._exchange.running

    def _asked(self, scope: VariableScope, name: str) -> Known:
        """What the worker says; when that is lost, what was known last: a dialogue can still end in order."""
        try:
            answer = self._exchange.ask("value", scope.identifier, name)
        except (ScriptError, ScriptLimit):
            if self._exchange.lost is None:
                raise
            return scope.get(name)
        self._learn(answer)
        known = self._read(answer.value, told_value)
        scope.note(name, known)
        return known

    def set_path(self, scope: Scope, path: str, value: Json) -> None:
        """Write `path` in a scope from outside."""
        own, given, way = self._own(scope), encoded(value, self), path.split(".")
        write = self._exchange.write("path", own.identifier, way, given)
        if len(way) == 1:
            own.put(way[0], _known(value), write)
        elif not isinstance(own.get(way[0]), ObjectHandle):
            own.put(way[0], State.OBJECT, write)

    def snapshot(self, scope: Scope) -> Mapping[str, Json]:
        """The variables of exactly this scope, for traces."""
        own = self._own(scope)
        try:
            answer = self._exchange.ask("snapshot", own.identifier)
        except (ScriptError, ScriptLimit):
            if self._exchange.lost is None:
                raise
            return own.primitives()
        self._learn(answer)
        shown: dict[str, Json] = answer.value if isinstance(answer.value, dict) else {}
        return shown

    # ---- scripts ----

    def evaluate(self, source: str, scope: Scope) -> Work[Value]:
        """The value of an expression or a program."""
        own = self._own(scope)
        self._check_length(source)
        simple = literal(source)
        if not isinstance(simple, NoLiteral):
            return simple
        if (found := self._find(source, own)) and not isinstance(found[1], State):
            return found[1]
        answer = yield from self._work("evaluate", own, source)
        return self._read(answer.value, read_primitive)

    def assign(self, reference: str, value: Value, scope: Scope) -> Work[None]:
        """Assign to a variable or property."""
        own = self._own(scope)
        self._check_length(reference)
        name = reference.strip()
        if (found := self._find(name, own)) and name in found[0].plain:
            self.declare(found[0], name, value)
            return
        yield from self._work("assign", own, reference, encoded(value, self))

    def _find(self, source: str, scope: VariableScope) -> tuple[VariableScope, Known] | None:
        """The variable that a source is the name of, as far as that is known without the worker."""
        name = source.strip()
        return scope.find(name) if is_name(name) and self._knows() else None

    def text(self, value: Value) -> Work[str]:
        """ToString."""
        if is_primitive(value):
            return _primitive_text(primitive(value))
        answer = yield from self._work("text", None, "", encoded(value, self))
        return str(answer.value)

    def export(self, value: Value) -> Work[Json]:
        """A JSON-safe copy."""
        if is_primitive(value):
            return json_primitive(value)
        answer = yield from self._work("export", None, "", encoded(value, self))
        return cast("Json", answer.value)

    def truth(self, value: Value) -> bool:
        """ToBoolean."""
        if not is_primitive(value):
            encoded(value, self)
            return True
        known = primitive(value)
        return bool(known) and known == known

    def _work(self, what: str, scope: VariableScope | None, source: str, given: Encoded | None = None) -> Work[Answer]:
        milliseconds = math.floor(self._now() * 1000)
        identifier = 0 if scope is None else scope.identifier
        answer = yield from self._exchange.work(what, identifier, milliseconds, source, given)
        self._learn(answer)
        answer.raise_error()
        return answer

    def _learn(self, answer: Answer) -> None:
        try:
            for identifier, name, told in answer.changes:
                if scope := self._scopes.get(identifier):
                    scope.learn(name, told, answer.applied)
        except (TypeError, ValueError, LookupError):
            self._certain = False
        self._certain = self._certain and answer.complete

    def _read(self, told: Any, otherwise: Callable[[Any], T]) -> "T | Value":
        match told:
            case ["h", int(identifier), bool(callable_), str(kind)]:
                return ObjectHandle(self, identifier, callable_, kind, self._exchange.released.append)
        try:
            return otherwise(told)
        except (TypeError, ValueError, LookupError):
            raise ScriptError("InternalError", "the session has no sensible answer") from None

    def _check_length(self, source: str) -> None:
        if len(source) > self._options.source:
            raise ScriptLimit("characters in a source")

    def _own(self, scope: Scope) -> VariableScope:
        if not isinstance(scope, VariableScope) or scope.owner is not self:
            raise TypeError(f"{scope!r} is not a scope of this session")
        return scope


def _keep(_identifier: int) -> None:
    """There is nobody who could be told that an object is not held any more."""


def _known(value: Value | Json) -> Known:
    if is_primitive(value):
        return primitive(value)
    return value if isinstance(value, ObjectHandle) else State.OBJECT


def _primitive_text(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return number_text(value)
    return "null" if value is None else UNDEFINED.value

"""A session: fulfils `ScriptSession`. See there for what its methods promise."""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from mirabelle.plugins.ecmascript_js2py.border import error_of, incoming, outgoing, slot
from mirabelle.plugins.ecmascript_js2py.compiling import LARGE
from mirabelle.plugins.ecmascript_js2py.conversions import is_object, to_boolean
from mirabelle.plugins.ecmascript_js2py.exporting import export, to_text
from mirabelle.plugins.ecmascript_js2py.frames import Frame
from mirabelle.plugins.ecmascript_js2py.internals import DEFECTS, JsException, JsValue, data, undefined
from mirabelle.plugins.ecmascript_js2py.limits import Limit
from mirabelle.plugins.ecmascript_js2py.memory import PROPERTY
from mirabelle.plugins.ecmascript_js2py.objects import JsArray, JsObject, ReadOnly, ScopeObject, is_index
from mirabelle.plugins.ecmascript_js2py.scopes import VariableScope
from mirabelle.plugins.ecmascript_js2py.showing import shown
from mirabelle.plugins.ecmascript_js2py.space import Space
from mirabelle.plugins.ecmascript_js2py.texts import arriving, units
from mirabelle.vxml_interpreter.script import UNDEFINED, Json, Scope, ScriptError, ScriptLimit, Value, Work

T = TypeVar("T")


def guarded(work: Callable[[], Work[T]]) -> Work[T]:
    """The work, with what it raises as the host knows it."""
    try:
        return (yield from work())
    except JsException as thrown:
        error = error_of(thrown)
    except Limit as limit:
        raise ScriptLimit(limit.limit) from None
    except RecursionError:
        raise ScriptLimit("depth of calls") from None
    except DEFECTS as defect:
        raise ScriptError("TypeError", f"{type(defect).__name__} in the engine: {defect}") from defect
    raise error


class Js2pySession:
    """The script state of one dialogue."""

    def __init__(self, space: Space) -> None:
        self._space = space

    def scope(self, parent: Scope | None, *names: str, writable: bool = True) -> VariableScope:
        """A new scope below `parent`."""
        made = (ScopeObject if writable else ReadOnly)(self._space.ObjectPrototype)
        outer = self._space.globals if parent is None else _own(parent)
        scope = VariableScope(made, outer, names, writable)
        self._space.memory.watch(scope)
        return scope

    def declare(self, scope: Scope, name: str, value: Value | Json = UNDEFINED, writable: bool = True) -> None:
        """Make or replace a variable of exactly this scope."""
        own = _own(scope)
        writable = writable and own.writable
        converted = incoming(value, self._space, writable)
        name = arriving(name)
        own.own[name] = data(converted, writable=writable, configurable=False)
        if name in own.names:
            own.names -= {name}
        self._space.memory.made(PROPERTY)

    def declared(self, scope: Scope, name: str) -> bool:
        """Whether exactly this scope has that variable."""
        own, name = _own(scope), arriving(name)
        return name in own.own and name not in own.names

    def value(self, scope: Scope, name: str) -> Value:
        """The variable of exactly this scope."""
        own, known = _own(scope), arriving(name)
        found = own.own.get(known)
        if found is None or known in own.names:
            raise ScriptError("ReferenceError", f"{name} is not defined")
        if "value" not in found:
            raise ScriptError("TypeError", f"{name} is computed by a script")
        return outgoing(found["value"], self._space)

    def evaluate(self, source: str, scope: Scope) -> Work[Value]:
        """The value of an expression or a program."""
        return guarded(lambda: self._evaluate(source, _own(scope)))

    def _evaluate(self, source: str, scope: VariableScope) -> Work[Value]:
        space = self._space
        space.machine.renew()
        check_source(source, space)
        unit = yield from space.units.program_in_slices(units(source))
        try:
            scope.declare(unit.variables)
            value = yield from space.machine.run(Frame(unit, 0, scope, scope.object, space, unit.strict))
        except JsException as thrown:
            raise error_of(thrown, unit) from None
        return outgoing(value, space)

    def assign(self, reference: str, value: Value, scope: Scope) -> Work[None]:
        """Assign to a variable or property."""
        return guarded(lambda: self._assign(reference, value, _own(scope)))

    def _assign(self, reference: str, value: Value, scope: VariableScope) -> Work[None]:
        space = self._space
        space.machine.renew()
        if len(reference) > min(LARGE, space.options.source):
            raise Limit("characters in a reference")
        unit = space.units.reference(units(reference))
        frame = Frame(unit, 0, scope, scope.object, space)
        frame.given = incoming(value, space)
        try:
            yield from space.machine.run(frame)
        except JsException as thrown:
            raise error_of(thrown, unit) from None

    def set_path(self, scope: Scope, path: str, value: Json) -> None:
        """Write `path` in a scope from outside."""
        *way, last = arriving(path).split(".")
        holder = _own(scope).object
        for name in way:
            holder = self._step(holder, name)
        self._write(holder, last, value)

    def _step(self, holder: JsObject, name: str) -> JsObject:
        found: JsValue = (holder.own.get(name) or {}).get("value", undefined)
        if not is_object(found):
            self._write(holder, name, {})
            found = holder.own[name]["value"]
        return cast("JsObject", found)

    def _write(self, holder: JsObject, name: str, value: Json) -> None:
        if name not in holder.own:
            self._space.memory.made(PROPERTY)
        writable = not isinstance(holder, ReadOnly) and holder.own.get(name, {}).get("writable", True)
        holder.own[name] = slot(incoming(value, self._space, writable), writable)
        if isinstance(holder, JsArray) and is_index(name):
            holder.own["length"]["value"] = max(holder.own["length"]["value"], int(name) + 1.0)

    def text(self, value: Value) -> Work[str]:
        """ToString."""
        return guarded(lambda: to_text(self._renewed(value), self._space))

    def truth(self, value: Value) -> bool:
        """ToBoolean."""
        return to_boolean(incoming(value, self._space))

    def export(self, value: Value) -> Work[Json]:
        """A JSON-safe copy."""
        return guarded(lambda: export(self._renewed(value), self._space))

    def _renewed(self, value: Value) -> JsValue:
        self._space.machine.renew()
        return incoming(value, self._space)

    def snapshot(self, scope: Scope) -> Mapping[str, Json]:
        """The variables of exactly this scope, for traces."""
        own = _own(scope)
        return shown({name: found for name, found in own.own.items() if name not in own.names})


def _own(scope: Scope) -> VariableScope:
    if not isinstance(scope, VariableScope):
        raise TypeError(f"{scope!r} is not a scope of this engine")
    return scope


def check_source(source: str, space: Space) -> None:
    """Refuse a source that is too long to be parsed while others wait. Raises `Limit`."""
    if len(source) > space.options.source:
        raise Limit("characters in a source")

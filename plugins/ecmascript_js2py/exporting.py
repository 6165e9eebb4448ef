"""Text and JSON-safe copies of values, made in slices: what they call of a script may take its time."""

from mirabelle.plugins.ecmascript_js2py.border import json_primitive
from mirabelle.plugins.ecmascript_js2py.builtins.date_methods import iso_text
from mirabelle.plugins.ecmascript_js2py.conversions import is_callable, is_object, to_string, to_uint32
from mirabelle.plugins.ecmascript_js2py.functions import JsFunction
from mirabelle.plugins.ecmascript_js2py.internals import Arguments, JsValue, throw
from mirabelle.plugins.ecmascript_js2py.limits import DEEPEST_JSON, ELEMENT, Limit
from mirabelle.plugins.ecmascript_js2py.memory import OBJECT, PROPERTY
from mirabelle.plugins.ecmascript_js2py.space import Space
from mirabelle.plugins.ecmascript_js2py.texts import leaving
from mirabelle.vxml_interpreter.script import Json, Work

# A string of that many characters is copied while one instruction is run.
CHARACTERS_PER_WORK = 16


def _call(function: JsValue, this: JsValue, arguments: Arguments, space: Space) -> Work[JsValue]:
    if type(function) is JsFunction:
        return (yield from space.machine.run(function.activation(this, arguments)))
    return function.call(this, arguments)


def to_text(value: JsValue, space: Space) -> Work[str]:
    """ECMAScript 5.1, 9.8 with 8.12.8."""
    return leaving((yield from _to_string(value, space)))


def _to_string(value: JsValue, space: Space) -> Work[str]:
    if not is_object(value):
        return to_string(value)
    for name in ("toString", "valueOf"):
        method = value.get(name)
        if is_callable(method):
            primitive = yield from _call(method, value, (), space)
            if not is_object(primitive):
                return to_string(primitive)
    throw("TypeError", "an object that cannot become text")


def export(value: JsValue, space: Space) -> Work[Json]:
    """A JSON-safe copy. Raises `ScriptError`'s TypeError on a cycle, `Limit` when it is too deep or large."""
    return (yield from _Copying(space).copy(value, ""))


class _Copying:
    """One copy. The same object may be in it many times, so that what is copied is counted, not what is there."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._room = space.options.memory
        self._inside: list[JsValue] = []

    def copy(self, value: JsValue, key: str) -> Work[Json]:
        """The value of the property `key` of something."""
        yield from self._pay(value)
        if not is_object(value):
            return json_primitive(value)
        method = value.get("toJSON")
        if is_callable(method) and value.Class != "Date":
            value = yield from _call(method, value, (key,), self._space)
            if not is_object(value):
                return json_primitive(value)
        if is_callable(value):
            return None
        if value.Class in ("String", "Number", "Boolean"):
            return json_primitive(value.value)
        if value.Class == "Date":
            return iso_text(value.value) if value.value == value.value else None
        return (yield from self._structure(value))

    def _pay(self, value: JsValue) -> Work[None]:
        machine = self._space.machine
        meter = machine.meter
        length = len(value) if type(value) is str else 0
        self._take(length)
        meter.charge_suspendable(1 + length // CHARACTERS_PER_WORK)
        if meter.slice <= 0:
            yield None
            machine.meter = meter
            meter.slice = meter.options.slice

    def _take(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise Limit("memory")

    def _structure(self, value: JsValue) -> Work[Json]:
        if any(value is other for other in self._inside):
            throw("TypeError", "an object that is within itself cannot be exported")
        if len(self._inside) >= DEEPEST_JSON:
            raise Limit("depth of JSON")
        self._inside.append(value)
        copied = yield from self._array(value) if value.Class == "Array" else self._object(value)
        self._inside.pop()
        return copied

    def _array(self, value: JsValue) -> Work[Json]:
        length = to_uint32(value.get("length"))
        self._space.machine.meter.check_array(length)
        self._take(OBJECT + PROPERTY * length)
        items: list[Json] = []
        for index in range(length):
            items.append((yield from self.copy(value.get(str(index)), str(index))))  # noqa: PERF401 - it may wait
        return items

    def _object(self, value: JsValue) -> Work[Json]:
        self._space.machine.meter.charge_suspendable(ELEMENT * self._space.size_of(value))
        names = value.enumerable_names()
        self._take(OBJECT + PROPERTY * len(names) + sum(map(len, names)))
        members: dict[str, Json] = {}
        for name in names:
            members[leaving(name)] = yield from self.copy(value.get(name), name)
        return members

"""What crosses the border between a session and its host. How variables are shown in traces is in `showing`."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from mirabelle.plugins.ecmascript_js2py.conversions import LARGEST_SAFE, is_callable, is_object, to_string
from mirabelle.plugins.ecmascript_js2py.internals import INFINITY, JsException, JsValue, data, null, undefined
from mirabelle.plugins.ecmascript_js2py.limits import DEEPEST_JSON
from mirabelle.plugins.ecmascript_js2py.memory import OBJECT, PROPERTY
from mirabelle.plugins.ecmascript_js2py.objects import JsArray, JsObject, ReadOnly, ReadOnlyArray
from mirabelle.plugins.ecmascript_js2py.texts import arriving, leaving
from mirabelle.vxml_interpreter.script import UNDEFINED, Json, Primitive, ScriptError, ScriptLimit, Value

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

SHORT: Final = 256
"""Characters up to which nobody counts."""
LONGEST_NAME: Final = 200
LONGEST_MESSAGE: Final = 1000


class ObjectHandle:
    """An object or function of a session, as the host holds it. Two of the same object are equal."""

    __slots__ = ("_space", "_value")

    def __init__(self, value: JsObject, space: "Space") -> None:
        self._value, self._space = value, space

    @property
    def callable(self) -> bool:
        """Whether it is a function."""
        return is_callable(self._value)

    def value_in(self, space: "Space") -> JsObject:
        """The object itself. Raises `ScriptError` outside its session."""
        if self._space is not space:
            raise ScriptError("TypeError", "an object of another session")
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ObjectHandle) and other._value is self._value

    def __hash__(self) -> int:
        return id(self._value)

    def __repr__(self) -> str:
        return f"<{self._value.Class} of a script>"


def outgoing(value: JsValue, space: "Space") -> Value:
    """A value for the host: primitives as they are, objects as handles."""
    return ObjectHandle(value, space) if is_object(value) else outgoing_primitive(value)


def outgoing_primitive(value: JsValue) -> Primitive:
    """A primitive for the host; whole numbers become `int`."""
    if type(value) is float:
        return int(value) if value.is_integer() and abs(value) <= LARGEST_SAFE else value
    if type(value) is str:
        return leaving(value)
    if value is undefined:
        return UNDEFINED
    return None if value is null else cast("bool", value)


def incoming(value: Value | Json, space: "Space", writable: bool = True) -> JsValue:
    """A value from the host: JSON becomes objects of the session, which scripts may change or not.

    Raises `ScriptError` for what is neither JSON nor a handle of the session, `ScriptLimit` for what is too large.
    """
    kind = type(value)
    if kind is bool or kind is float or (type(value) is str and len(value) < SHORT and value.isascii()):
        return value
    if value is UNDEFINED:
        return undefined
    return null if value is None else _Arriving(space, writable).value(value, 0)


class _Arriving:
    """One value on its way in."""

    def __init__(self, space: "Space", writable: bool) -> None:
        self._space, self._writable = space, writable
        self._room = space.options.memory

    def value(self, value: Value | Json, depth: int) -> JsValue:
        """The same as a value of ECMAScript; `depth` is in how many objects it is."""
        if isinstance(value, str):
            return self._text(value)
        if value is None:
            return null
        if value is UNDEFINED:
            return undefined
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return _number(value)
        if isinstance(value, ObjectHandle):
            return value.value_in(self._space)
        if depth >= DEEPEST_JSON:
            raise ScriptLimit("depth of JSON")
        if isinstance(value, Mapping):
            return self._object(value, depth)
        if isinstance(value, list | tuple):
            return self._array(value, depth)
        raise ScriptError("TypeError", f"a {type(value).__name__} is neither JSON nor a handle")

    def _text(self, text: str) -> str:
        string = arriving(text)
        if len(string) < SHORT:
            return string
        if len(string) > self._space.options.string:
            raise ScriptLimit("characters in a string")
        self._take(len(string))
        return string

    def _object(self, value: Mapping[str, Json], depth: int) -> JsObject:
        made = (JsObject if self._writable else ReadOnly)(self._space.ObjectPrototype)
        self._take(OBJECT + PROPERTY * len(value))
        for key, item in value.items():
            made.own[arriving(str(key))] = slot(self.value(item, depth + 1), self._writable)
        return made

    def _array(self, value: "list[Json] | tuple[Json, ...]", depth: int) -> JsObject:
        if len(value) > self._space.options.array:
            raise ScriptLimit("elements of an array")
        made = (JsArray if self._writable else ReadOnlyArray)(len(value), self._space.ArrayPrototype)
        self._take(OBJECT + PROPERTY * len(value))
        for index, item in enumerate(value):
            made.own[str(index)] = slot(self.value(item, depth + 1), self._writable)
        made.own["length"]["writable"] = self._writable
        return made

    def _take(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise ScriptLimit("memory")
        self._space.memory.made(size)


def _number(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return INFINITY if number > 0 else -INFINITY


def slot(value: JsValue, writable: bool) -> dict[str, Any]:
    """The descriptor of a property that the host writes."""
    return data(value, writable=writable, configurable=writable)


def error_of(thrown: JsException, unit: object = None) -> ScriptError:
    """What the host hears of something thrown by `unit`. Runs no script: getters and toString are left alone."""
    # What was thrown while something ran has lines of all that ran; what was not even run, that of the mistake.
    lines = vars(thrown).get("lines")
    line = getattr(thrown, "line", None) if lines is None else lines.get(unit)
    name, message = (thrown.typ, thrown.message) if thrown.throw is None else _description(thrown.throw)
    return ScriptError(leaving(name[:LONGEST_NAME]), leaving(message[:LONGEST_MESSAGE]), line)


def _description(value: JsValue) -> tuple[str, str]:
    if not is_object(value):
        return "", to_string(value)
    name, message = _text_of(value, "name"), _text_of(value, "message")
    return name or "", message if message is not None else f"an object of class {value.Class}"


def _text_of(holder: JsObject, name: str) -> str | None:
    found = holder.get_property(name) or {}
    value = found.get("value")
    return value if type(value) is str else None


def json_primitive(value: JsValue) -> Json:
    """A primitive that is safe in JSON: undefined and what is no number become null."""
    if value is undefined or value is null or (type(value) is float and not math.isfinite(value)):
        return None
    return cast("Json", outgoing_primitive(value))

"""What crosses the border between a session and its host."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from mirabelle.plugins.ecmascript_js2py.builtins.date_methods import iso_text
from mirabelle.plugins.ecmascript_js2py.conversions import LARGEST_SAFE, is_callable, is_object, to_string
from mirabelle.plugins.ecmascript_js2py.internals import JsException, JsValue, data, null, undefined
from mirabelle.plugins.ecmascript_js2py.memory import OBJECT, PROPERTY
from mirabelle.plugins.ecmascript_js2py.objects import JsArray, JsObject, ReadOnly, ReadOnlyArray
from mirabelle.vxml_interpreter.script import UNDEFINED, Json, Primitive, ScriptError, Value

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

SHOWN_DEPTH: Final = 4
SHOWN_ITEMS: Final = 50
SHOWN_CHARACTERS: Final = 200
SHOWN_IN_ALL: Final = 500
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
    if value is undefined:
        return UNDEFINED
    return None if value is null else cast("str | bool", value)


def incoming(value: Value | Json, space: "Space", writable: bool = True) -> JsValue:
    """A value from the host: JSON becomes objects of the session, which scripts may change or not."""
    if value is None:
        return null
    if value is UNDEFINED:
        return undefined
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, ObjectHandle):
        return value.value_in(space)
    if isinstance(value, Mapping):
        return _incoming_object(value, space, writable)
    if isinstance(value, list | tuple):
        return _incoming_array(value, space, writable)
    raise ScriptError("TypeError", f"a {type(value).__name__} is neither JSON nor a handle")


def _incoming_object(value: Mapping[str, Json], space: "Space", writable: bool) -> JsObject:
    made = (JsObject if writable else ReadOnly)(space.ObjectPrototype)
    made.own.update((str(key), slot(incoming(item, space, writable), writable)) for key, item in value.items())
    space.memory.made(OBJECT + PROPERTY * len(value))
    return made


def _incoming_array(value: Sequence[Json], space: "Space", writable: bool) -> JsObject:
    made = (JsArray if writable else ReadOnlyArray)(len(value), space.ArrayPrototype)
    made.own.update((str(index), slot(incoming(item, space, writable), writable)) for index, item in enumerate(value))
    made.own["length"]["writable"] = writable
    space.memory.made(OBJECT + PROPERTY * len(value))
    return made


def slot(value: JsValue, writable: bool) -> dict[str, Any]:
    """The descriptor of a property that the host writes."""
    return data(value, writable=writable, configurable=writable)


def error_of(thrown: JsException) -> ScriptError:
    """What the host hears of something thrown. Runs no script: getters and toString are left alone."""
    line = getattr(thrown, "line", None)
    name, message = (thrown.typ, thrown.message) if thrown.throw is None else _description(thrown.throw)
    return ScriptError(name[:SHOWN_CHARACTERS], message[:LONGEST_MESSAGE], line)


def _description(value: JsValue) -> tuple[str, str]:
    if not is_object(value):
        return "", to_string(value)
    name, message = _text_of(value, "name"), _text_of(value, "message")
    return name or "", message if message is not None else f"an object of class {value.Class}"


def _text_of(holder: JsObject, name: str) -> str | None:
    found = holder.get_property(name) or {}
    value = found.get("value")
    return value if type(value) is str else None


def shown(variables: Mapping[str, Any]) -> dict[str, Json]:
    """The variables of a scope for a trace: JSON-safe, bounded in depth, breadth, length and in all."""
    return _Showing().variables(variables)


class _Showing:
    def __init__(self) -> None:
        self._left = SHOWN_IN_ALL
        self._inside: list[JsValue] = []

    def variables(self, variables: Mapping[str, Any]) -> dict[str, Json]:
        return {name: self.value(found.get("value", undefined)) for name, found in variables.items()}

    def value(self, value: JsValue) -> Json:
        self._left -= 1
        if type(value) is str:
            return value if len(value) <= SHOWN_CHARACTERS else f"{value[:SHOWN_CHARACTERS]}..."
        if not is_object(value):
            return json_primitive(value)
        if is_callable(value):
            return "[function]"
        if value.Class == "Date" and math.isfinite(value.value):
            return iso_text(value.value)
        if len(self._inside) >= SHOWN_DEPTH or self._left <= 0 or any(value is other for other in self._inside):
            return f"[{value.Class}]"
        return self._structure(value)

    def _structure(self, value: JsObject) -> Json:
        self._inside.append(value)
        keys = [key for key in value.enumerable_names()[:SHOWN_ITEMS] if key in value.own]
        items = {key: self.value(value.own[key].get("value", undefined)) for key in keys if self._left > 0}
        self._inside.pop()
        return list(items.values()) if value.Class == "Array" else items


def json_primitive(value: JsValue) -> Json:
    """A primitive that is safe in JSON: undefined and what is no number become null."""
    if value is undefined or value is null or (type(value) is float and not math.isfinite(value)):
        return None
    return cast("Json", outgoing_primitive(value))

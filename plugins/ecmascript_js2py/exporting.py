"""Text and JSON-safe copies of values, made in slices: what they call of a script may take its time."""

from mirabelle.plugins.ecmascript_js2py.border import json_primitive
from mirabelle.plugins.ecmascript_js2py.builtins.date_methods import iso_text
from mirabelle.plugins.ecmascript_js2py.builtins.json_writing import DEEPEST
from mirabelle.plugins.ecmascript_js2py.conversions import is_callable, is_object, to_string, to_uint32
from mirabelle.plugins.ecmascript_js2py.functions import JsFunction
from mirabelle.plugins.ecmascript_js2py.internals import Arguments, JsValue, throw
from mirabelle.plugins.ecmascript_js2py.limits import Limit
from mirabelle.plugins.ecmascript_js2py.space import Space
from mirabelle.vxml_interpreter.script import Json, Work


def _call(function: JsValue, this: JsValue, arguments: Arguments, space: Space) -> Work[JsValue]:
    if type(function) is JsFunction:
        return (yield from space.machine.run(function.activation(this, arguments)))
    return function.call(this, arguments)


def to_text(value: JsValue, space: Space) -> Work[str]:
    """ECMAScript 5.1, 9.8 with 8.12.8."""
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
    return (yield from _copy(value, space, []))


def _copy(value: JsValue, space: Space, inside: list[JsValue]) -> Work[Json]:
    meter = space.machine.meter
    meter.charge_suspendable(1 + (len(value) >> 4 if type(value) is str else 0))
    if meter.slice <= 0:
        yield None
        space.machine.meter = meter
        meter.slice = space.options.slice
    if not is_object(value):
        return json_primitive(value)
    method = value.get("toJSON")
    if is_callable(method) and value.Class != "Date":
        value = yield from _call(method, value, ("",), space)
        if not is_object(value):
            return json_primitive(value)
    if is_callable(value):
        return None
    if value.Class in ("String", "Number", "Boolean"):
        return json_primitive(value.value)
    if value.Class == "Date":
        return iso_text(value.value) if value.value == value.value else None
    return (yield from _copy_structure(value, space, inside))


def _copy_structure(value: JsValue, space: Space, inside: list[JsValue]) -> Work[Json]:
    if any(value is other for other in inside):
        throw("TypeError", "an object that is within itself cannot be exported")
    if len(inside) >= DEEPEST:
        raise Limit("depth of JSON")
    inside.append(value)
    copied: Json
    if value.Class == "Array":
        items: list[Json] = []
        length = to_uint32(value.get("length"))
        space.machine.meter.check_array(length)
        for index in range(length):
            item = yield from _copy(value.get(str(index)), space, inside)
            items.append(item)
        copied = items
    else:
        members: dict[str, Json] = {}
        for name in value.enumerable_names():
            members[name] = yield from _copy(value.get(name), space, inside)
        copied = members
    inside.pop()
    return copied

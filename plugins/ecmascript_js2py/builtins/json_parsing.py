"""JSON.parse: ECMAScript 5.1, 15.12.2."""

import json
from typing import TYPE_CHECKING, Any, Final, NoReturn

from mirabelle.plugins.ecmascript_js2py.builtins.json_writing import VALUE
from mirabelle.plugins.ecmascript_js2py.conversions import class_of, is_callable, is_object, to_string
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, data, null, throw, undefined
from mirabelle.plugins.ecmascript_js2py.limits import Limit
from mirabelle.plugins.ecmascript_js2py.memory import OBJECT, PROPERTY
from mirabelle.plugins.ecmascript_js2py.steps import Steps
from mirabelle.plugins.ecmascript_js2py.tables import Table
from mirabelle.plugins.ecmascript_js2py.texts import units

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


DECODER: Final = json.JSONDecoder(parse_constant=_refuse, parse_int=float, parse_float=float)


def from_json(value: Any, held: list[JsValue], space: "Space") -> Steps:
    """JavaScript values of what Python's decoder gives; `held` has all of them meanwhile. Raises `Limit`."""
    meter = space.machine.meter
    meter.charge(VALUE)
    if meter.slice < 0:
        yield None
    if value is None:
        return null
    if isinstance(value, list):
        meter.check_array(len(value))
        items: list[JsValue] = []
        for item in value:
            items.append((yield from from_json(item, held, space)))  # noqa: PERF401 - it may wait
        held.append(space.make_array(items))
        return held[-1]
    if isinstance(value, dict):
        made = space.make_object()
        held.append(made)
        space.memory.made(OBJECT + PROPERTY * len(value))
        for key, item in value.items():
            made.own[units(key)] = data((yield from from_json(item, held, space)))
        return made
    return units(value) if isinstance(value, str) else value


def _decoded(text: str) -> Any:
    try:
        return DECODER.decode(text.strip(" \t\n\r"))
    except RecursionError:
        raise Limit("depth of JSON") from None
    except ValueError as error:
        throw("SyntaxError", f"JSON.parse: {error}")


def parse(
    space: "Space", held: list[JsValue], this: JsValue, value: JsValue = undefined, reviver: JsValue = undefined
) -> Steps:
    """15.12.2."""
    text = to_string(value)
    space.machine.meter.charge(len(text) >> 4)
    try:
        parsed = yield from from_json(_decoded(text), held, space)
    except RecursionError:
        raise Limit("depth of JSON") from None
    if not is_callable(reviver):
        return parsed
    root = space.make_object()
    root.put("", parsed)
    held.append(root)
    return (yield from _revive(root, "", reviver, space))


def _revive(holder: JsValue, name: str, reviver: JsValue, space: "Space") -> Steps:
    value = holder.get(name)
    if is_object(value):
        if class_of(value) == "Array":
            names = [str(index) for index in range(space.length_of(value))]
        else:
            names = space.names_of(value)
        for key in names:
            revived = yield from _revive(value, key, reviver, space)
            if revived is undefined:
                value.delete(key)
            else:
                value.define_own_property(key, data(revived), False)
    return (yield reviver, holder, (name, value))


METHODS: Final[Table] = {"parse": Method(parse, steps=True)}

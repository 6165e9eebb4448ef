"""JSON.parse: ECMAScript 5.1, 15.12.2."""

import json
from typing import TYPE_CHECKING, Any, Final, NoReturn

from mirabelle.plugins.ecmascript_js2py.conversions import class_of, is_callable, is_object, to_string
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, data, null, throw, undefined
from mirabelle.plugins.ecmascript_js2py.limits import Limit
from mirabelle.plugins.ecmascript_js2py.memory import OBJECT, PROPERTY
from mirabelle.plugins.ecmascript_js2py.tables import Table
from mirabelle.plugins.ecmascript_js2py.texts import units

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


DECODER: Final = json.JSONDecoder(parse_constant=_refuse, parse_int=float, parse_float=float)


def from_json(value: Any, space: "Space") -> JsValue:
    """JavaScript values of what Python's decoder gives. Raises `Limit`."""
    space.machine.meter.charge(1)
    if value is None:
        return null
    if isinstance(value, list):
        space.machine.meter.charge_array(len(value))
        return space.make_array([from_json(item, space) for item in value])
    if isinstance(value, dict):
        made = space.make_object()
        space.memory.made(OBJECT + PROPERTY * len(value))
        made.own.update((units(key), data(from_json(item, space))) for key, item in value.items())
        return made
    return units(value) if isinstance(value, str) else value


def parse(space: "Space", this: JsValue, value: JsValue = undefined, reviver: JsValue = undefined) -> JsValue:
    """15.12.2."""
    text = to_string(value)
    space.machine.meter.charge(len(text) >> 4)
    try:
        parsed = from_json(DECODER.decode(text.strip(" \t\n\r")), space)
    except RecursionError:
        raise Limit("depth of JSON") from None
    except ValueError as error:
        throw("SyntaxError", f"JSON.parse: {error}")
    if not is_callable(reviver):
        return parsed
    root = space.make_object()
    root.put("", parsed)
    return _revive(root, "", reviver, space)


def _revive(holder: JsValue, name: str, reviver: JsValue, space: "Space") -> JsValue:
    value = holder.get(name)
    if is_object(value):
        if class_of(value) == "Array":
            names = [str(index) for index in range(space.length_of(value))]
        else:
            names = value.enumerable_names()
        for key in names:
            revived = _revive(value, key, reviver, space)
            if revived is undefined:
                value.delete(key)
            else:
                value.define_own_property(key, data(revived), False)
    return reviver.call(holder, (name, value))


METHODS: Final[Table] = {"parse": Method(parse)}

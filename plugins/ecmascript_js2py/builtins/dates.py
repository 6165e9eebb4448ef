"""Date as a constructor: ECMAScript 5.1, 15.9.2 to 4."""

import math
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.builtins.date_methods import COST, JsDate, date_text
from mirabelle.plugins.ecmascript_js2py.builtins.date_parts import from_local, make_date, make_day, make_time, parse
from mirabelle.plugins.ecmascript_js2py.builtins.date_parts import time_clip as clip
from mirabelle.plugins.ecmascript_js2py.conversions import to_number, to_primitive, to_string
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import NAN, Arguments, JsValue, undefined
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

DEFAULTS: Final = (NAN, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)


def now(space: "Space", this: JsValue = undefined) -> float:
    """15.9.4.4: of the clock that the engine was given."""
    return clip(space.clock() * 1000)


def _from_fields(arguments: Arguments) -> float:
    """Year, month, day, hours, minutes, seconds, milliseconds: 15.9.3.1. Years from 0 to 99 are of last century."""
    given = [to_number(argument) for argument in arguments[:7]]
    fields = [*given, *DEFAULTS[len(given) :]]
    if math.isfinite(fields[0]) and 0 <= math.trunc(fields[0]) <= 99:
        fields[0] = 1900.0 + math.trunc(fields[0])
    return make_date(make_day(*fields[:3]), make_time(*fields[3:]))


def _moment(space: "Space", arguments: Arguments) -> float:
    if not arguments:
        return now(space)
    if len(arguments) > 1:
        return clip(from_local(_from_fields(arguments)))
    value = arguments[0].value if isinstance(arguments[0], JsDate) else to_primitive(arguments[0])
    return parse(value) if type(value) is str else clip(to_number(value))


def _construct(space: "Space", arguments: Arguments) -> JsValue:
    return JsDate(_moment(space, arguments), space.DatePrototype)


def _call(space: "Space", this: JsValue) -> str:
    return date_text(now(space))


def parse_text(space: "Space", this: JsValue, value: JsValue = undefined) -> float:
    """15.9.4.2."""
    return parse(to_string(value))


def utc(space: "Space", this: JsValue, *fields: JsValue) -> float:
    """15.9.4.3."""
    return clip(_from_fields(fields))


CONSTRUCTOR: Final = Method(_call, 7, _construct, cost=COST)
STATICS: Final[Table] = {"now": Method(now), "parse": Method(parse_text, cost=COST), "UTC": Method(utc, 7, cost=COST)}

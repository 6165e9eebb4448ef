"""The methods of dates: ECMAScript 5.1, 15.9.5 and B.2.4 to 6."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.builtins.date_parts import (
    MONTHS,
    WEEKDAYS,
    Parts,
    from_local,
    make_date,
    make_day,
    make_time,
    offset,
    parts_of,
    to_local,
)
from mirabelle.plugins.ecmascript_js2py.builtins.date_parts import time_clip as clip
from mirabelle.plugins.ecmascript_js2py.conversions import is_callable, to_number, to_object, to_primitive
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import NAN, JsValue, null, throw, undefined
from mirabelle.plugins.ecmascript_js2py.objects import JsObject
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space


class JsDate(JsObject):
    """A date; `value` is its time value."""

    Class = "Date"

    def __init__(self, value: float, prototype: JsObject) -> None:
        super().__init__(prototype)
        self.value = value


def own_date(this: JsValue) -> JsObject:
    """The date that a method was called on."""
    if not isinstance(this, JsObject) or this.Class != "Date":
        throw("TypeError", "a method of dates was called on something else")
    return this


def _year(year: int) -> str:
    return f"{year:04d}" if year >= 0 else f"-{-year:06d}"


def _day_text(parts: Parts) -> str:
    return f"{WEEKDAYS[parts.weekday]} {MONTHS[parts.month]} {parts.day:02d} {_year(parts.year)}"


def _clock_text(parts: Parts) -> str:
    return f"{parts.hours:02d}:{parts.minutes:02d}:{parts.seconds:02d}"


def _zone_text(moment: float) -> str:
    minutes = int(offset(moment) / 60_000)
    return f"GMT{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"


def date_text(moment: float) -> str:
    """15.9.5.2."""
    parts = parts_of(to_local(moment))
    return f"{_day_text(parts)} {_clock_text(parts)} {_zone_text(moment)}"


def _time_text(moment: float) -> str:
    return f"{_clock_text(parts_of(to_local(moment)))} {_zone_text(moment)}"


def _utc_text(moment: float) -> str:
    parts = parts_of(moment)
    day = f"{WEEKDAYS[parts.weekday]}, {parts.day:02d} {MONTHS[parts.month]} {_year(parts.year)}"
    return f"{day} {_clock_text(parts)} GMT"


def iso_text(moment: float) -> str:
    """15.9.5.43, of a finite time."""
    parts = parts_of(moment)
    sign = "-" if parts.year < 0 else "+"
    year = f"{parts.year:04d}" if 0 <= parts.year <= 9999 else f"{sign}{abs(parts.year):06d}"
    return f"{year}-{parts.month + 1:02d}-{parts.day:02d}T{_clock_text(parts)}.{parts.milliseconds:03d}Z"


def _text(write: Callable[[float], str]) -> Method:
    def method(space: "Space", this: JsValue) -> str:
        moment = own_date(this).value
        return write(moment) if math.isfinite(moment) else "Invalid Date"

    return Method(method, cost=COST)


def _number(read: Callable[[float], float]) -> Method:
    def method(space: "Space", this: JsValue) -> float:
        moment = own_date(this).value
        return float(read(moment)) if math.isfinite(moment) else NAN

    return Method(method, cost=COST)


def to_iso(space: "Space", this: JsValue) -> str:
    """15.9.5.43."""
    moment = own_date(this).value
    if not math.isfinite(moment):
        throw("RangeError", "the date is invalid")
    return iso_text(moment)


def to_json(space: "Space", this: JsValue, key: JsValue = undefined) -> JsValue:
    """15.9.5.44."""
    holder = to_object(this, space)
    value = to_primitive(holder, "Number")
    if type(value) is float and not math.isfinite(value):
        return null
    method = holder.get("toISOString")
    if not is_callable(method):
        throw("TypeError", "toISOString is not a function")
    return method.call(holder, ())


def set_time(space: "Space", this: JsValue, value: JsValue = undefined) -> float:
    """15.9.5.27."""
    date = own_date(this)
    date.value = clip(to_number(value))
    return float(date.value)


def set_year(space: "Space", this: JsValue, value: JsValue = undefined) -> float:
    """B.2.5."""
    year = to_number(value)
    if math.isfinite(year) and 0 <= math.trunc(year) <= 99:
        year = 1900.0 + math.trunc(year)
    return _set(own_date(this), 0, [year], local=True)


def _set(date: JsObject, first: int, values: list[float], local: bool) -> float:
    moment = date.value
    if not math.isfinite(moment):
        if first:
            return NAN
        moment = 0.0  # an invalid date gets the rest of its parts from 1970 when its year is set
    elif local:
        moment = to_local(moment)
    fields = [float(part) for part in parts_of(moment)[:7]]
    fields[first : first + len(values)] = values
    moment = make_date(make_day(*fields[:3]), make_time(*fields[3:]))
    date.value = clip(from_local(moment) if local else moment)
    return float(date.value)


def _setter(first: int, most: int, local: bool) -> Method:
    def method(space: "Space", this: JsValue, *values: JsValue) -> float:
        date = own_date(this)
        numbers = [to_number(value) for value in values[:most]] or [NAN]
        return _set(date, first, numbers, local)

    return Method(method, most, cost=COST)


def _part(index: int, local: bool) -> Method:
    if local:
        return _number(lambda moment: parts_of(to_local(moment))[index])
    return _number(lambda moment: parts_of(moment)[index])


COST: Final = 40
"""Of what takes a date apart or puts it together, in instructions."""
# How many parts, from that one on, its setter takes.
SETTABLE: Final = {
    "FullYear": 3,
    "Month": 2,
    "Date": 1,
    "Hours": 4,
    "Minutes": 3,
    "Seconds": 2,
    "Milliseconds": 1,
}
TEXT: Final = _text(date_text)
UTC_TEXT: Final = _text(_utc_text)
DAY: Final = _text(lambda moment: _day_text(parts_of(to_local(moment))))
CLOCK: Final = _text(_time_text)


def _methods() -> dict[str, Method]:
    methods: dict[str, Method] = {}
    for local, prefix in ((True, ""), (False, "UTC")):
        for index, (name, most) in enumerate(SETTABLE.items()):
            methods[f"get{prefix}{name}"] = _part(index, local)
            methods[f"set{prefix}{name}"] = _setter(index, most, local)
        methods[f"get{prefix}Day"] = _part(7, local)
    return methods


def get_time(space: "Space", this: JsValue) -> float:
    """15.9.5.8, 15.9.5.9."""
    return float(own_date(this).value)


METHODS: Final[Table] = {
    **_methods(),
    "getTime": Method(get_time),
    "valueOf": Method(get_time),
    "getTimezoneOffset": _number(lambda moment: 0.0 - offset(moment) / 60_000),
    "getYear": _number(lambda moment: parts_of(to_local(moment)).year - 1900),
    "setYear": Method(set_year, cost=COST),
    "setTime": Method(set_time),
    "toString": TEXT,
    "toLocaleString": TEXT,
    "toDateString": DAY,
    "toLocaleDateString": DAY,
    "toTimeString": CLOCK,
    "toLocaleTimeString": CLOCK,
    "toUTCString": UTC_TEXT,
    "toGMTString": UTC_TEXT,
    "toISOString": Method(to_iso, cost=COST),
    "toJSON": Method(to_json),
}

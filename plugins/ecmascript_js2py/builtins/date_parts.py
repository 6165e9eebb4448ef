"""Time values, and the parts they consist of: ECMAScript 5.1, 15.9.1. All numbers are milliseconds since 1970."""

import math
import re
import time
from typing import Final, NamedTuple

from mirabelle.plugins.ecmascript_js2py.internals import NAN

DAY: Final = 86_400_000
LARGEST: Final = 8.64e15
LONGEST_TEXT: Final = 100
WEEKDAYS: Final = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ISO: Final = re.compile(
    r"([+-]\d{6}|\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
WRITTEN: Final = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?"
    r"(?:([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?|(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?,?)\s+(-?\d{1,6})"
    r"(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?)?\s*(GMT|UTC|Z)?([+-]\d{4})?(?:\s*\(.*\))?",
    re.ASCII,
)
NUMERIC: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}):(\d\d)(?::(\d\d))?)?", re.ASCII)


class Parts(NamedTuple):
    """A time taken apart; the month counts from 0, the weekday from Sunday."""

    year: int
    month: int
    day: int
    hours: int
    minutes: int
    seconds: int
    milliseconds: int
    weekday: int


def _days_before_year(year: int) -> int:
    past = year - 1
    return 365 * (year - 1970) + (past // 4 - 492) - (past // 100 - 19) + (past // 400 - 4)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_starts(year: int) -> list[int]:
    starts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]
    return [start + (index > 1 and _is_leap(year)) for index, start in enumerate(starts)]


def make_day(year: float, month: float, day: float) -> float:
    """15.9.1.12, in days."""
    if not all(map(math.isfinite, (year, month, day))) or max(abs(year), abs(month) / 12) > 500_000:
        return NAN
    years, index = divmod(math.trunc(month), 12)
    whole_year = math.trunc(year) + years
    return float(_days_before_year(whole_year) + _month_starts(whole_year)[index] + math.trunc(day) - 1)


def make_time(hours: float, minutes: float, seconds: float, milliseconds: float) -> float:
    """15.9.1.11."""
    values = (hours, minutes, seconds, milliseconds)
    if not all(map(math.isfinite, values)):
        return NAN
    units = (3_600_000, 60_000, 1000, 1)
    return float(sum(math.trunc(value) * unit for value, unit in zip(values, units, strict=True)))


def make_date(day: float, moment: float) -> float:
    """15.9.1.13."""
    return day * DAY + moment


def time_clip(moment: float) -> float:
    """15.9.1.14."""
    return float(math.trunc(moment)) + 0.0 if abs(moment) <= LARGEST else NAN


def parts_of(moment: float) -> Parts:
    """15.9.1.3 to 10, of a finite time."""
    days, rest = divmod(int(moment), DAY)
    year = 1970 + days * 400 // 146_097
    while _days_before_year(year) > days:
        year -= 1
    while _days_before_year(year + 1) <= days:
        year += 1
    day_of_year = days - _days_before_year(year)
    starts = _month_starts(year)
    month = next(index for index in range(12) if day_of_year < starts[index + 1])
    hours, rest = divmod(rest, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    seconds, milliseconds = divmod(rest, 1000)
    day = day_of_year - starts[month] + 1
    return Parts(year, month, day, hours, minutes, seconds, milliseconds, (days + 4) % 7)


def offset(moment: float) -> float:
    """How far local time is ahead of UTC at an instant; where the system does not know, the standard offset."""
    try:
        return time.localtime(moment / 1000).tm_gmtoff * 1000.0
    except (OverflowError, ValueError, OSError):
        return -time.timezone * 1000.0


def to_local(moment: float) -> float:
    """15.9.1.9, LocalTime."""
    return moment + offset(moment) if math.isfinite(moment) else NAN


def from_local(moment: float) -> float:
    """15.9.1.9, UTC."""
    return moment - offset(moment - offset(moment)) if math.isfinite(moment) else NAN


def _zone(zone: str) -> float:
    sign = 1 if zone[0] == "+" else -1
    return sign * (int(zone[1:3]) * 60 + int(zone[-2:])) * 60_000.0


def _parse_iso(found: "re.Match[str]") -> float:
    year, month, day, hours, minutes, seconds, fraction, zone = found.groups()
    in_year = int(month or 1), int(day or 1)
    clock = int(hours or 0), int(minutes or 0), int(seconds or 0), int((fraction or "0").ljust(3, "0"))
    if year == "-000000" or not _is_clock(*clock):
        return NAN
    if not (1 <= in_year[0] <= 12 and 1 <= in_year[1] <= _days_in(int(year), in_year[0] - 1)):
        return NAN
    moment = make_date(make_day(float(year), in_year[0] - 1.0, float(in_year[1])), make_time(*clock))
    if zone is None:
        # A date alone is UTC, a date with a time is local: the editions after 5.1, and all browsers.
        return moment if hours is None else from_local(moment)
    return moment if zone == "Z" else moment - _zone(zone)


def _days_in(year: int, month: int) -> int:
    starts = _month_starts(year)
    return starts[month + 1] - starts[month]


def _is_clock(hours: int, minutes: int, seconds: int, milliseconds: int) -> bool:
    if hours == 24:
        return not (minutes or seconds or milliseconds)
    return hours < 24 and minutes < 60 and seconds < 60


def _parse_written(found: "re.Match[str]") -> float:
    month, day, other_day, other_month, year, hours, minutes, seconds, zone, shift = found.groups()
    name = (month or other_month).capitalize()
    if name not in MONTHS or not _is_clock(int(hours or 0), int(minutes or 0), int(seconds or 0), 0):
        return NAN
    moment = make_date(
        make_day(float(year), float(MONTHS.index(name)), float(day or other_day)),
        make_time(float(hours or 0), float(minutes or 0), float(seconds or 0), 0.0),
    )
    if shift:
        return moment - _zone(shift)
    return moment if zone else from_local(moment)


def _parse_numeric(found: "re.Match[str]") -> float:
    month, day, year, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31 and _is_clock(int(hours), int(minutes), int(seconds), 0)):
        return NAN
    return from_local(make_date(make_day(year, month - 1, day), make_time(hours, minutes, seconds, 0.0)))


def parse(text: str) -> float:
    """15.9.4.2: the ISO form, the form that toString and toUTCString give, and month/day/year."""
    if len(text) > LONGEST_TEXT:
        return NAN
    text = text.strip()
    for pattern, read in ((ISO, _parse_iso), (WRITTEN, _parse_written), (NUMERIC, _parse_numeric)):
        found = pattern.fullmatch(text)
        if found:
            return time_clip(read(found))
    return NAN

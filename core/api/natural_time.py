"""Natural times of the contract: `now`, `+3 days`, `oct 14th, 2011 11:05PM EST`, `tomorrow 9am`, ISO 8601.

A time is a day, a time of day, a zone and offsets in any order, each at most once but for the offsets; what remains
unread is an error, so that nothing is read as something else. docs/decisions/0161 says why this is not a library's.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mirabelle.core.api.time_zones import ABBREVIATIONS, is_time_zone

EXAMPLES = "now, +3 days, tomorrow 9am, oct 14th, 2011 11:05PM EST, or ISO 8601"


class BadTime(ValueError):
    """The text is no time. The message says what is wrong with it."""


def parse_time(text: str, now: float, zone: str) -> float:
    """The UNIX time that `text` means at the instant `now` for somebody in the IANA zone `zone`. Raises `BadTime`.

    Days, weeks, months and years keep the time of day; hours, minutes and seconds are counted. A local time that a
    change of the clocks skips or repeats is the first that could be meant. A time without a day is today's.
    """
    words = " ".join(text.split())
    home = ZoneInfo(zone)
    try:
        return (_iso(words, home) or _natural(words, datetime.fromtimestamp(now, home))).timestamp()
    except OverflowError:
        raise BadTime("it is beyond the year 9999") from None


def _iso(text: str, home: tzinfo) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=home)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What has been understood so far."""

    now: datetime
    day: date | None = None
    weekday: int | None = None
    at: time | None = None
    instant: datetime | None = None
    zone: tzinfo | None = None
    offsets: tuple[tuple[int, str], ...] = ()


def _natural(text: str, now: datetime) -> datetime:
    if not text:
        raise BadTime("it is empty")
    reading, rest = _Reading(now), text
    while rest:
        reading, rest = _step(reading, rest)
    return _shifted(_base(reading), reading.offsets)


def _step(reading: _Reading, rest: str) -> tuple[_Reading, str]:
    for pattern, understand in _PARTS:
        match = pattern.match(rest)
        if match:
            return understand(reading, match), rest[match.end() :].lstrip(" ,")
    raise BadTime(f"{rest.split()[0]!r} is not understood")


def _base(reading: _Reading) -> datetime:
    if reading.instant is not None:
        if reading.day or reading.at or reading.zone or reading.weekday is not None:
            raise BadTime("it names two times")
        return reading.instant
    zone = reading.zone or reading.now.tzinfo
    now = reading.now.astimezone(zone)
    if reading.day is None and reading.at is None and reading.weekday is None:
        if reading.offsets and reading.zone is None:
            return now
        raise BadTime("it names no day")
    day = reading.day or _coming(now.date(), reading.weekday)
    if reading.weekday is not None and day.weekday() != reading.weekday:
        raise BadTime(f"{day.isoformat()} is a {_WEEKDAYS[day.weekday()].capitalize()}")
    return datetime.combine(day, reading.at or time(), zone)


def _coming(today: date, weekday: int | None) -> date:
    return today if weekday is None else today + timedelta((weekday - today.weekday()) % 7)


# ---- offsets ----

_COUNTED = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS_LONG = {"month": 1, "year": 12}


def _shifted(base: datetime, offsets: tuple[tuple[int, str], ...]) -> datetime:
    for number, unit in offsets:
        if unit in _MONTHS_LONG:
            base = _months_later(base, number * _MONTHS_LONG[unit])
        elif unit in _DAYS:
            base += timedelta(days=number * _DAYS[unit])
        else:
            base = (base.astimezone(UTC) + timedelta(seconds=number * _COUNTED[unit])).astimezone(base.tzinfo)
    return base


def _months_later(base: datetime, months: int) -> datetime:
    years, month = divmod(base.month - 1 + months, 12)
    year = base.year + years
    if not 1 <= year <= 9999:
        raise OverflowError
    return base.replace(year=year, month=month + 1, day=min(base.day, monthrange(year, month + 1)[1]))


# ---- the parts ----


def _set_day(reading: _Reading, day: date) -> _Reading:
    if reading.day is not None:
        raise BadTime("it names two days")
    return replace(reading, day=day)


def _dated(reading: _Reading, match: re.Match[str]) -> _Reading:
    groups = match.groupdict()
    month = groups["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    try:
        return _set_day(reading, date(int(groups["year"]), number, int(groups["day"])))
    except ValueError as error:
        raise error if isinstance(error, BadTime) else BadTime(f"{match[0]!r} is not a day of the calendar") from None


def _named_day(reading: _Reading, match: re.Match[str]) -> _Reading:
    return _set_day(reading, reading.now.date() + timedelta(match[0].lower() == "tomorrow"))


def _weekday(reading: _Reading, match: re.Match[str]) -> _Reading:
    if reading.weekday is not None:
        raise BadTime("it names two days")
    number = next(index for index, name in enumerate(_WEEKDAYS) if name.startswith(match["weekday"].lower()[:3]))
    if match["next"]:
        return _set_day(reading, _coming(reading.now.date() + timedelta(1), number))
    return replace(reading, weekday=number)


def _set_time(reading: _Reading, hour: int, minute: int = 0, second: int = 0) -> _Reading:
    if reading.at is not None:
        raise BadTime("it names two times of day")
    try:
        return replace(reading, at=time(hour, minute, second))
    except ValueError:
        raise BadTime(f"{hour}:{minute:02}:{second:02} is not a time of day") from None


def _clock(reading: _Reading, match: re.Match[str]) -> _Reading:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    half = (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise BadTime(f"{match[0]!r} is not a time of day")
        hour = hour % 12 + (12 if half == "p" else 0)
    return _set_time(reading, hour, minute, second)


def _named_time(reading: _Reading, match: re.Match[str]) -> _Reading:
    return _set_time(reading, 12 if match[0].lower() == "noon" else 0)


def _now(reading: _Reading, match: re.Match[str]) -> _Reading:
    return _instant(reading, reading.now)


def _unix(reading: _Reading, match: re.Match[str]) -> _Reading:
    return _instant(reading, datetime.fromtimestamp(int(match[1]), reading.now.tzinfo))


def _instant(reading: _Reading, instant: datetime) -> _Reading:
    if reading.instant is not None:
        raise BadTime("it names two times")
    return replace(reading, instant=instant)


def _offset(reading: _Reading, match: re.Match[str]) -> _Reading:
    number = int(match["number"]) * (-1 if match["sign"] == "-" else 1)
    return replace(reading, offsets=(*reading.offsets, (number, match["unit"].lower())))


def _set_zone(reading: _Reading, zone: tzinfo) -> _Reading:
    if reading.zone is not None:
        raise BadTime("it names two zones")
    return replace(reading, zone=zone)


def _offset_zone(reading: _Reading, match: re.Match[str]) -> _Reading:
    away = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    if away >= timedelta(hours=24):
        raise BadTime(f"{match[0]!r} is not a zone")
    return _set_zone(reading, timezone(-away if match["sign"] == "-" else away))


def _named_zone(reading: _Reading, match: re.Match[str]) -> _Reading:
    name = match[0]
    if name.upper() in ABBREVIATIONS:
        return _set_zone(reading, timezone(timedelta(hours=ABBREVIATIONS[name.upper()])))
    if not is_time_zone(name):
        raise BadTime(f"{name!r} is not understood")
    try:
        return _set_zone(reading, ZoneInfo(name))
    except ZoneInfoNotFoundError:
        raise BadTime(f"{name!r} is not a zone that this machine knows") from None


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_UNIT = "|".join([*_COUNTED, *_DAYS, *_MONTHS_LONG])

_Understand = Callable[[_Reading, "re.Match[str]"], _Reading]


def _part(pattern: str, understand: _Understand) -> tuple["re.Pattern[str]", _Understand]:
    return re.compile(rf"(?:{pattern})(?![\w:])", re.IGNORECASE | re.ASCII), understand


# The first that matches is taken: what is longer and more particular stands first.
_PARTS = [
    _part(r"now", _now),
    _part(r"@(\d{1,12})", _unix),
    _part(r"(?:in |and )?(?P<sign>[+-]?) ?(?P<number>\d{1,9}) ?(?P<unit>" + _UNIT + r")s?", _offset),
    _part(rf"{_MONTH} {_DAY},? {_YEAR}", _dated),
    _part(rf"{_DAY}[ -]{_MONTH},?[ -]{_YEAR}", _dated),
    _part(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", _dated),
    _part(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})", _dated),
    _part(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", _dated),
    _part(r"today|tomorrow", _named_day),
    _part(r"(?P<next>next )?(?P<weekday>" + "|".join(f"{name[:3]}|{name}" for name in _WEEKDAYS) + r")", _weekday),
    _part(r"(?:at )?(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2}))?)? ?(?P<half>[ap])\.?m\.?", _clock),
    _part(r"(?:at )?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?P<half>(?!))?", _clock),
    _part(r"(?:at )?(?:noon|midnight)", _named_time),
    _part(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})?", _offset_zone),
    _part(r"[a-z][a-z0-9_+/-]*", _named_zone),
]

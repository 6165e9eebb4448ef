"""Time zones and the calendar; the rest of Date is in the cases."""

import datetime
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py.builtins import date_parts


def test_summer_time(monkeypatch: pytest.MonkeyPatch, chain: Chain) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert chain.run("String(new Date(1720000000000))") == "Wed Jul 03 2024 05:46:40 GMT-0400"
        assert chain.run("String(new Date(1700000000000))") == "Tue Nov 14 2023 17:13:20 GMT-0500"
        assert chain.run("new Date(1720000000000).getTimezoneOffset()") == 240
        assert (
            chain.run("var d = new Date(2024, 2, 10, 1); d.setHours(3); (d - new Date(2024, 2, 10, 1)) / 3600000") == 1
        )
    finally:
        monkeypatch.undo()
        time.tzset()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(min_value=-8_640_000_000_000_000, max_value=8_640_000_000_000_000))
def test_a_time_taken_apart_and_put_together_is_the_same(moment: int) -> None:
    parts = date_parts.parts_of(float(moment))
    day = date_parts.make_day(*map(float, parts[:3]))
    assert date_parts.make_date(day, date_parts.make_time(*map(float, parts[3:7]))) == moment


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.datetimes())
def test_the_calendar_is_that_of_python(moment: datetime.datetime) -> None:
    since = moment - datetime.datetime(1970, 1, 1)  # noqa: DTZ001
    parts = date_parts.parts_of(float(since // datetime.timedelta(milliseconds=1)))
    assert parts[:3] == (moment.year, moment.month - 1, moment.day)
    assert parts.weekday == moment.isoweekday() % 7

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.api.natural_time import BadTime, parse_time

# A Monday.
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)

EXPECTED = {
    "now": "2026-06-01T12:00Z",
    "NOW": "2026-06-01T12:00Z",
    "now +2 hours": "2026-06-01T14:00Z",
    "@1780315260": "2026-06-01T12:01Z",
    "+3 days": "2026-06-04T12:00Z",
    "+ 3 Days": "2026-06-04T12:00Z",
    "3 days": "2026-06-04T12:00Z",
    "in 2 hours": "2026-06-01T14:00Z",
    "+3 days 2 hours": "2026-06-04T14:00Z",
    "+1 week and 30 min": "2026-06-08T12:30Z",
    "-5 minutes": "2026-06-01T11:55Z",
    "+90 secs": "2026-06-01T12:01:30Z",
    "+1 month": "2026-07-01T12:00Z",
    "+1 year": "2027-06-01T12:00Z",
    "1/31/2027 +1 month": "2027-02-28T00:00Z",
    "oct 14th, 2011 11:05PM EST": "2011-10-15T04:05Z",
    "October 14 2026 11:05 pm": "2026-10-14T23:05Z",
    "14 Oct 2026 5pm America/New_York": "2026-10-14T21:00Z",
    "14-Oct-2026 17:30 CEST": "2026-10-14T15:30Z",
    "11:05PM EST oct. 14th, 2026": "2026-10-15T04:05Z",
    "sept 1 2026 noon": "2026-09-01T12:00Z",
    "10/14/2026 9:00": "2026-10-14T09:00Z",
    "14.10.2026 9:00": "2026-10-14T09:00Z",
    "Fri, 19 Jul 2030 13:46:03 -0400": "2030-07-19T17:46:03Z",
    "2026-06-02": "2026-06-02T00:00Z",
    "2026-06-02 09:30": "2026-06-02T09:30Z",
    "2026-06-02 09:30 EST": "2026-06-02T14:30Z",
    "2026-06-02 9:30am": "2026-06-02T09:30Z",
    "2026-06-02T09:30:00Z": "2026-06-02T09:30Z",
    "2026-06-02T09:30:00+02:00": "2026-06-02T07:30Z",
    "2026-06-02T09:30:00.250-0530": "2026-06-02T15:00:00.25Z",
    "20260602T093000Z": "2026-06-02T09:30Z",
    "2026-W23-2": "2026-06-02T00:00Z",
    "today": "2026-06-01T00:00Z",
    "tomorrow": "2026-06-02T00:00Z",
    "tomorrow at 9am": "2026-06-02T09:00Z",
    "9 a.m. tomorrow": "2026-06-02T09:00Z",
    "tomorrow noon +1 week": "2026-06-09T12:00Z",
    "17:30": "2026-06-01T17:30Z",
    "12am": "2026-06-01T00:00Z",
    "12pm": "2026-06-01T12:00Z",
    "monday 10:00": "2026-06-01T10:00Z",
    "next monday 10:00": "2026-06-08T10:00Z",
    "wed 9am": "2026-06-03T09:00Z",
    "2026-06-02 09:30 UTC+02:00": "2026-06-02T07:30Z",
    "  tomorrow \t 9am ": "2026-06-02T09:00Z",
}

MEANINGLESS = [
    "", " ", "banana", "+3 dayz", "12", "may", "oct 14", "tomorrow tomorrow", "9am 10am", "tomorrow EST PST",
    "31 Feb 2026", "2026-06-02 25:00", "2026-06-02 09:60", "13pm", "0am", "2 business days", "call me at 5 or so",
    "2026-02-30", "13/14/2026", "now now", "now tomorrow", "EST", "EST +3 hours", "+3", "days", "+999999999 years",
    "+999999999 days", "@99999999999999", "Thu, 19 Jul 2030", "tomorrow IST", "tomorrow Mars/Olympus",
    "tomorrow ../../etc/passwd", "tomorrow localtime", "1780315200", "2026-06-02 09:30 +99:00", "tomorrow 9",
    "oct 14th, 2011 11:05PMEST", "9am;10am", "٣ days", "now\x00",
]  # fmt: skip


def read(text: str, zone: str = "UTC", now: datetime = NOW) -> datetime:
    return datetime.fromtimestamp(parse_time(text, now.timestamp(), zone), UTC)


@pytest.mark.parametrize(("text", "instant"), EXPECTED.items())
def test_times(text: str, instant: str) -> None:
    assert read(text) == datetime.fromisoformat(instant)


@pytest.mark.parametrize("text", MEANINGLESS)
def test_what_is_not_understood_is_an_error(text: str) -> None:
    with pytest.raises(BadTime) as caught:
        read(text)
    assert str(caught.value)


def test_times_without_a_zone_are_in_the_accounts() -> None:
    assert read("tomorrow 9am", "America/New_York") == datetime(2026, 6, 2, 13, tzinfo=UTC)
    assert read("2026-12-02 09:00", "Europe/Berlin") == datetime(2026, 12, 2, 8, tzinfo=UTC)
    assert read("2026-12-02 09:00 EST", "Europe/Berlin") == datetime(2026, 12, 2, 14, tzinfo=UTC)


def test_tomorrow_is_the_accounts_tomorrow() -> None:
    late = datetime(2026, 6, 1, 23, 0, tzinfo=UTC)
    assert read("tomorrow 9am", "Asia/Tokyo", late) == datetime(2026, 6, 3, 0, tzinfo=UTC)


def test_days_keep_the_time_of_day_and_hours_are_counted() -> None:
    before = datetime(2026, 3, 7, 12, 0, tzinfo=ZoneInfo("America/New_York"))
    assert read("+1 day", "America/New_York", before) == datetime(2026, 3, 8, 16, tzinfo=UTC)
    assert read("+24 hours", "America/New_York", before) == datetime(2026, 3, 8, 17, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_or_repeat_is_the_first_possible() -> None:
    assert read("2026-03-08 02:30", "America/New_York") == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert read("2026-11-01 01:30", "America/New_York") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


WORDS = st.sampled_from(
    [
        "now",
        "+3",
        "days",
        "-1",
        "month",
        "oct",
        "14th,",
        "2011",
        "11:05PM",
        "EST",
        "at",
        "next",
        "monday",
        "T",
        "@9",
        "+02:00",
        "9",
    ]
)


@given(st.text(max_size=80) | st.lists(WORDS, max_size=8).map(" ".join))
def test_any_text_is_an_instant_or_an_error(text: str) -> None:
    try:
        instant = parse_time(text, NOW.timestamp(), "Europe/Berlin")
    except BadTime:
        return
    assert -(1 << 40) < instant < 1 << 40

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.fetching.caching_headers import (
    MOST_SECONDS,
    Directives,
    directives,
    http_date,
    initial_age,
    lifetime,
    validators,
    varies_by,
)

NOON = 1_780_315_200  # Mon, 01 Jun 2026 12:00:00 GMT
NAMES = ["cache-control", "expires", "date", "age", "vary", "etag", "last-modified"]


def date(seconds: float) -> str:
    return formatdate(seconds, usegmt=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Directives()),
        ("max-age=60", Directives(max_age=60)),
        ('Max-Age = "60" , NO-STORE', Directives(no_store=True, max_age=60)),
        ("no-cache, must-revalidate", Directives(no_cache=True, must_revalidate=True)),
        ('private="no-store, max-age=9", max-age=5', Directives(max_age=5)),
        ('no-cache="set-cookie"', Directives(no_cache=True)),
        ("max-age=60, max-age=5", Directives(max_age=5)),
        ("max-age=60, max-age=soon", Directives(max_age=0)),
        ("max-age=-1", Directives(max_age=0)),
        ("max-age=1.5", Directives(max_age=0)),
        ("max-age=٣", Directives(max_age=0)),
        ("max-age", Directives(max_age=0)),
        ("max-age=" + "9" * 5_000, Directives(max_age=MOST_SECONDS)),
        (f"max-age={MOST_SECONDS + 1}", Directives(max_age=MOST_SECONDS)),
        ("x-max-age=5, no-storeroom", Directives()),
        ('max-age="60, no-store', Directives(no_store=True, max_age=0)),
        ("no-store;max-age=5", Directives(no_store=True, max_age=5)),
    ],
)
def test_cache_control(text: str, expected: Directives) -> None:
    assert directives({"cache-control": text}) == expected


@pytest.mark.parametrize(
    "text", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
)
def test_the_three_forms_of_dates(text: str) -> None:
    assert http_date(text) == 784111777


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "-1",
        "never",
        "Thu, 99 Foo 2026 99:99:99 GMT",
        "Mon, 01 Jun 99999 12:00:00 GMT",
        "Mon, 01 Jun 2026 12:00:00 +0500",
        "Mon, 01 Jun 2026 12:00:00 GMT" + " " * 100,
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert http_date(text) is None


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 0),
        ({"cache-control": "max-age=60", "expires": date(NOON + 5)}, 60),
        ({"cache-control": "max-age=0", "expires": date(NOON + 5)}, 0),
        ({"expires": date(NOON + 60), "date": date(NOON)}, 60),
        ({"expires": date(NOON + 60), "date": date(NOON - 10)}, 70),
        ({"expires": date(NOON + 60)}, 60),
        ({"expires": date(NOON + 60), "date": "yesterday"}, 60),
        ({"expires": date(NOON - 1), "date": date(NOON)}, 0),
        ({"expires": "0"}, 0),
        ({"expires": date(253_000_000_000), "date": date(NOON)}, MOST_SECONDS),
        ({"cache-control": "s-maxage=60"}, 0),
        ({"last-modified": date(NOON - 1_000_000), "date": date(NOON)}, 0),
        ({"expires": f"{date(NOON + 60)}, {date(NOON + 600)}"}, 0),
    ],
)
def test_how_long_an_answer_is_fresh(headers: dict[str, str], expected: int) -> None:
    assert lifetime(headers, NOON) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 2),
        ({"age": "30"}, 32),
        ({"age": "old"}, 2),
        ({"age": "-30"}, 2),
        ({"age": "30, 7"}, 32),
        ({"age": "9" * 40}, MOST_SECONDS + 2),
        ({"date": date(NOON - 50), "age": "30"}, 50),
        ({"date": date(NOON + 5_000)}, 2),
    ],
)
def test_how_old_an_answer_comes(headers: dict[str, str], expected: float) -> None:
    assert initial_age(headers, NOON, delay=2) == expected


@pytest.mark.parametrize(
    ("vary", "names"),
    [
        ("", ()),
        ("Accept-Language, X-Call", ("accept-language", "x-call")),
        ("a,, a", ("a",)),
        ("*", None),
        ("a, *", None),
        (",".join(map(str, range(50))), None),
    ],
)
def test_what_selects_an_answer(vary: str, names: tuple[str, ...] | None) -> None:
    assert varies_by({"vary": vary}) == names


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, {}),
        ({"etag": 'W/"1"'}, {"if-none-match": 'W/"1"'}),
        ({"etag": 'W/"1"', "last-modified": date(0)}, {"if-none-match": 'W/"1"', "if-modified-since": date(0)}),
        ({"etag": "a b"}, {}),
        ({"etag": '"ü"'}, {}),
        ({"etag": "1" * 1_000, "last-modified": "long ago"}, {}),
    ],
)
def test_how_a_server_is_asked_again(headers: dict[str, str], expected: dict[str, str]) -> None:
    assert validators(headers) == expected


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=200)), st.floats(0, 4e9), st.floats(0, 100))
def test_whatever_a_server_sends_is_read(headers: dict[str, str], received: float, delay: float) -> None:
    assert 0 <= lifetime(headers, received) <= MOST_SECONDS
    assert initial_age(headers, received, delay) >= 0
    directives(headers)
    varies_by(headers)
    for value in validators(headers).values():
        assert value.isascii()
        assert value.isprintable()


@given(st.integers(0, 250_000_000_000))
def test_dates_are_read_as_they_are_written(seconds: int) -> None:
    assert http_date(date(seconds)) == seconds


@given(st.text("0123456789JunMo:+-,. GT()", max_size=40))
def test_what_looks_like_a_date_is_read_or_not(text: str) -> None:
    assert http_date(text) is None or isinstance(http_date(text), int)

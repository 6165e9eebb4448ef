"""When a kept answer is used again: the algorithm of VoiceXML 2.0, 6.1.2."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.fetching.freshness import Received, Stored, asking, freshened, from_cache, may_be_used, stored
from mirabelle.core.interfaces.fetching import Answer, Caching

AT_ZERO = Received(wall=1_780_315_200, instant=0)


def answer(status: int = 200, /, **headers: str) -> Answer:
    return Answer(status, "http://app/a", {name.replace("_", "-"): value for name, value in headers.items()}, b"body")


def kept(**headers: str) -> Stored:
    found = stored(answer(200, **headers), {}, AT_ZERO, Caching("me", maxstale=1_000))
    assert found is not None
    return found


SIXTY = {"cache_control": "max-age=60"}


@pytest.mark.parametrize(
    ("headers", "instant", "maxage", "maxstale", "expected"),
    [
        (SIXTY, 59, None, None, True),
        (SIXTY, 60, None, None, False),
        (SIXTY, 30, 30, None, True),
        (SIXTY, 31, 30, None, False),
        (SIXTY, 31, 30, 1_000, False),
        (SIXTY, 0, 0, None, False),
        (SIXTY, 0, 0, 1_000, False),
        (SIXTY, 70, 100, None, False),
        (SIXTY, 70, None, 10, True),
        (SIXTY, 71, None, 10, False),
        (SIXTY, 70, 70, 10, True),
        (SIXTY, 70, 69, 10, False),
        ({}, 0, None, None, False),
        ({}, 0, None, 0, True),
        ({}, 5, None, 5, True),
        ({}, 5, 10, None, False),
        ({"age": "50", **SIXTY}, 9, None, None, True),
        ({"age": "50", **SIXTY}, 10, None, None, False),
        ({"cache_control": "max-age=60, no-cache"}, 0, None, 1_000, False),
        ({"cache_control": "max-age=60, must-revalidate"}, 59, None, None, True),
        ({"cache_control": "max-age=60, must-revalidate"}, 61, None, 1_000, False),
    ],
)
def test_the_algorithm(
    headers: dict[str, str], instant: float, maxage: float | None, maxstale: float | None, expected: bool
) -> None:
    assert may_be_used(kept(**headers), instant, Caching("me", maxage, maxstale)) is expected


@given(
    st.integers(0, 100),
    st.integers(0, 100),
    st.integers(0, 300),
    st.none() | st.integers(0, 100),
    st.none() | st.integers(0, 100),
)
def test_neither_too_old_nor_too_stale_is_ever_used(
    lifetime: int, age: int, instant: int, maxage: int | None, maxstale: int | None
) -> None:
    one = kept(cache_control=f"max-age={lifetime}", age=str(age))
    if may_be_used(one, instant, Caching("me", maxage, maxstale)):
        old = age + instant
        assert maxage is None or old <= maxage
        assert old < lifetime or (maxstale is not None and old - lifetime <= maxstale)
        # What is used does not depend on asking for less.
        assert may_be_used(one, instant, Caching("me", None, None if maxstale is None else maxstale + 1))


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (answer(cache_control="max-age=60, no-store"), "no-store"),
        (answer(206, cache_control="max-age=60"), "a part"),
        (answer(304, cache_control="max-age=60"), "no answer by itself"),
        (answer(vary="*", cache_control="max-age=60"), "made for nobody knows whom"),
        (answer(404), "an error that does not say how long it holds"),
        (answer(404, etag='"1"'), "the same"),
        (answer(), "nothing could come of it"),
    ],
)
def test_what_is_not_kept(made: Answer, why: str) -> None:
    assert stored(made, {}, AT_ZERO, Caching("me")) is None, why


@pytest.mark.parametrize(
    "made",
    [
        answer(cache_control="max-age=1"),
        answer(cache_control="private, max-age=1"),
        answer(404, cache_control="max-age=1"),
        answer(301, cache_control="max-age=1"),
        answer(etag='"1"'),
        answer(cache_control="no-cache", etag='"1"'),
        answer(last_modified="Mon, 01 Jun 2026 12:00:00 GMT"),
        answer(expires="Mon, 01 Jun 2026 12:00:01 GMT"),
    ],
)
def test_what_is_kept(made: Answer) -> None:
    assert stored(made, {}, AT_ZERO, Caching("me")) is not None


def test_what_is_asked_for_with_a_maxstale_is_kept_for_the_next_time() -> None:
    assert stored(answer(), {}, AT_ZERO, Caching("me", maxstale=0)) is not None
    assert stored(answer(404), {}, AT_ZERO, Caching("me", maxstale=0)) is None


def test_an_answer_is_for_requests_with_the_headers_that_it_varies_by() -> None:
    headers = {"Accept-Language": "de", "X-Call": "1"}
    one = stored(answer(200, vary="accept-language, x-none", **SIXTY), headers, AT_ZERO, Caching("me"))
    assert one is not None
    assert one.answers({"accept-language": " de ", "x-call": "2"})
    assert not one.answers({"accept-language": "en"})
    assert not one.answers({})
    assert not one.answers({"accept-language": "de", "x-none": "1"})


def test_a_copy_tells_its_age() -> None:
    copy = from_cache(kept(age="7", **SIXTY), 3.9)
    assert (copy.from_cache, copy.headers["age"], copy.body, copy.status) == (True, "10", b"body", 200)


def test_caches_on_the_way_hear_what_is_wanted() -> None:
    assert asking({}, None, Caching("me")) == {}
    assert asking({}, None, Caching("me", 0)) == {"cache-control": "max-age=0"}
    assert asking({}, None, Caching("me", 5, 6)) == {"cache-control": "max-age=5, max-stale=6"}
    assert asking({"Cache-Control": "no-cache"}, None, Caching("me", 5)) == {"Cache-Control": "no-cache"}


def test_a_server_is_asked_whether_a_copy_still_holds() -> None:
    assert asking({"a": "b"}, kept(etag='"1"'), Caching("me")) == {"a": "b", "if-none-match": '"1"'}


def test_a_304_renews_the_headers_but_not_what_tells_of_the_body() -> None:
    old = kept(etag='"1"', content_type="text/xml", age="50", date="Mon, 01 Jun 2026 11:00:00 GMT", x="old", y="old")
    new = freshened(old, answer(304, etag='W/"1"', content_type="text/plain", x="new"))
    assert new == replace(old.answer, headers={"etag": 'W/"1"', "content-type": "text/xml", "x": "new", "y": "old"})


def test_a_304_of_another_answer_renews_nothing() -> None:
    assert freshened(kept(etag='"1"'), answer(304, etag='"2"')) is None

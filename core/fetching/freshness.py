"""What is kept of answers, and when it may be used again: VoiceXML 2.0, 6.1.2, on the rules of RFC 9111. Pure.

Instants are monotonic seconds; only what a server's dates mean is asked of the wall clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from mirabelle.core.fetching.caching_headers import directives, initial_age, lifetime, validators, varies_by
from mirabelle.core.interfaces.fetching import Answer, Caching

_PLAIN: Final = frozenset({200, 203})
_NEVER: Final = frozenset({206, 304})
# A 304 tells of the answer that is kept, not of its body.
_OF_THE_BODY: Final = frozenset({"content-type", "content-encoding", "content-range", "content-length"})


@dataclass(frozen=True, slots=True)
class Received:
    """When an answer came: `wall` in UNIX seconds, `instant` monotonic, after a `delay` in seconds."""

    wall: float
    instant: float
    delay: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """An answer that is kept. `selecting` are the request headers that it was made for: RFC 9111, 4.1."""

    answer: Answer
    selecting: Mapping[str, str]
    lifetime: float
    initial_age: float
    since: float
    no_cache: bool
    must_revalidate: bool

    def age(self, instant: float) -> float:
        """Seconds since the answer was made: RFC 9111, 4.2.3."""
        return self.initial_age + max(0.0, instant - self.since)

    def answers(self, headers: Mapping[str, str]) -> bool:
        """Whether it is the answer to a request with these headers."""
        return all(_value(headers, name) == value for name, value in self.selecting.items())


def stored(answer: Answer, headers: Mapping[str, str], received: Received, caching: Caching) -> Stored | None:
    """What is to be kept of the answer to a GET with these headers; None: nothing.

    Kept is what could be of use: what is fresh, what the server can be asked about, what was asked for with a maxstale.
    An answer other than a plain one must say itself how long it holds.
    """
    said, varying = directives(answer.headers), varies_by(answer.headers)
    if said.no_store or varying is None or answer.status < 200 or answer.status in _NEVER:
        return None
    fresh_for = lifetime(answer.headers, received.wall)
    of_use = fresh_for or (answer.status in _PLAIN and (validators(answer.headers) or caching.maxstale is not None))
    if not of_use:
        return None
    return Stored(
        answer,
        {name: _value(headers, name) for name in varying},
        fresh_for,
        initial_age(answer.headers, received.wall, received.delay),
        received.instant,
        said.no_cache,
        said.must_revalidate,
    )


def may_be_used(kept: Stored, instant: float, caching: Caching) -> bool:
    """6.1.2: whether the copy does, without asking the server."""
    age = kept.age(instant)
    if kept.no_cache:
        return False
    if caching.maxage is not None and (caching.maxage == 0 or age > caching.maxage):
        # 6.1.2.1: a maxage of zero asks for a fresh copy even within the same second.
        return False
    if age < kept.lifetime:
        return True
    return caching.maxstale is not None and not kept.must_revalidate and age - kept.lifetime <= caching.maxstale


def from_cache(kept: Stored, instant: float) -> Answer:
    """The copy as an answer, with its age (RFC 9111, 5.1)."""
    headers = {**kept.answer.headers, "age": str(int(kept.age(instant)))}
    return replace(kept.answer, headers=headers, from_cache=True)


def asking(headers: Mapping[str, str], kept: Stored | None, caching: Caching) -> dict[str, str]:
    """The headers of a request to the server: caches on the way hear what is wanted, and what is kept is only sent
    when it has changed."""
    wanted = [
        f"{name}={int(value)}"
        for name, value in (("max-age", caching.maxage), ("max-stale", caching.maxstale))
        if value is not None
    ]
    added = {"cache-control": ", ".join(wanted)} if wanted else {}
    added |= validators(kept.answer.headers) if kept else {}
    theirs = {name.lower() for name in headers}
    return {**headers, **{name: value for name, value in added.items() if name not in theirs}}


def freshened(kept: Stored, answer: Answer) -> Answer | None:
    """The kept answer, renewed by a 304 (RFC 9111, 4.3.4); None: the 304 means another one."""
    tag = answer.headers.get("etag")
    if tag is not None and _opaque(tag) != _opaque(kept.answer.headers.get("etag", "")):
        return None
    news = {name: value for name, value in answer.headers.items() if name not in _OF_THE_BODY}
    # The age that an answer had on its way here is not that of the news.
    old = {name: value for name, value in kept.answer.headers.items() if name not in ("age", "date")}
    return replace(kept.answer, headers={**old, **news})


def _opaque(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def _value(headers: Mapping[str, str], name: str) -> str:
    return next((value.strip() for key, value in headers.items() if key.lower() == name), "")

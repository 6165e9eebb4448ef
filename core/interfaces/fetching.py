"""Outgoing requests: what components and the dialogue ask of the platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class FetchError(Exception):
    """No answer could be had: refused by the egress policy, time-out, too large, no connection."""


class EgressRefused(FetchError):
    """The address is not one that the platform may contact."""


class AnswerTooLarge(FetchError):
    """The body passed its limit; it was not read further."""


@dataclass(frozen=True, slots=True)
class Caching:
    """How a request may be answered with what was kept of an earlier answer to the same account (VoiceXML 2.0, 6.1.2).

    `maxage` is the greatest age of it, `maxstale` by how much it may have expired: seconds, None where nobody says.
    """

    account: str
    maxage: float | None = None
    maxstale: float | None = None


@dataclass(frozen=True, slots=True)
class OutgoingRequest:
    """One HTTP request. `body` None: no body. `timeout` is real seconds for the whole exchange.

    `max_redirects` 0: a 3xx answer is returned as it is. `caching` None: it goes to the server, and nothing is kept.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    timeout: float = 30.0
    max_bytes: int = 1 << 20
    max_redirects: int = 0
    caching: Caching | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `url` is the address after redirects; header names are lower-case.

    `from_cache`: nothing was asked of a server.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    from_cache: bool = False


class Fetcher(Protocol):
    """Sends requests within the egress policy: every address is checked when it is connected to, also on redirects."""

    async def send(self, request: OutgoingRequest, *, call_id: int | None = None) -> Answer:
        """Return the answer, whatever its status; raise `FetchError` when there is none."""

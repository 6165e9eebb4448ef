"""The HTTP cache: what is kept answers a GET where VoiceXML 2.0, 6.1.2 lets it; the rest is asked of the server."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from mirabelle.core.fetching.freshness import Received, Stored, asking, freshened, from_cache, may_be_used, stored
from mirabelle.core.fetching.store import Store
from mirabelle.core.interfaces.fetching import Answer, Caching, OutgoingRequest
from mirabelle.core.option_checks import at_least

Send = Callable[[OutgoingRequest], Awaitable[Answer]]

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# Who asks with these wants an answer of the server's own.
_CONDITIONS: Final = frozenset({"range", "if-range", "if-match", "if-none-match", "if-modified-since"})
_REMEMBERED: Final = 1_000


class Time(Protocol):
    """Tells the time of the world."""

    def now(self) -> float:
        """UNIX seconds."""

    def monotonic(self) -> float:
        """Seconds since some fixed instant; never goes back."""


@dataclass(frozen=True, slots=True)
class CacheOptions:
    """What is kept of the answers to scripts' requests, in memory, apart for each account and for each process.

    `entries` is the number of URLs (0: nothing is kept), `size` the bytes in all, `largest` those of one answer.
    """

    entries: int = 10_000
    size: int = 64 << 20
    largest: int = 4 << 20

    def __post_init__(self) -> None:
        at_least(self, 0, "entries", "size", "largest")


class HttpCache:
    """Stands between what asks and what sends one request. Requests without `caching` pass through."""

    def __init__(self, options: CacheOptions, time: Time) -> None:
        self._options = options
        self._time = time
        self._store = Store(options.entries, options.size)
        self._under_way: dict[tuple[str, str], asyncio.Event] = {}
        self._useless: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def answer(self, request: OutgoingRequest, send: Send) -> Answer:
        """The answer to one request as `request.caching` wants it. Raises what `send` does; keeps nothing then."""
        caching = request.caching
        if caching is None or not self._options.entries:
            return await send(request)
        if request.method != "GET":
            return await self._changing(request, caching, send)
        if any(name.lower() in _CONDITIONS for name in request.headers):
            return await send(request)
        kept = self._usable(request, caching)
        if kept is None and await self._others_answer(request, caching):
            kept = self._usable(request, caching)
        return await self._ask(request, caching, send) if kept is None else from_cache(kept, self._time.monotonic())

    def pays(self, account: str, url: str) -> bool:
        """Whether it may be worth while to ask ahead of need: False where the last answer was not fresh."""
        return self._options.entries > 0 and (account, url) not in self._useless

    async def _changing(self, request: OutgoingRequest, caching: Caching, send: Send) -> Answer:
        """RFC 9111, 4.4: what a POST has changed is not what is kept."""
        answer = await send(request)
        if request.method not in _SAFE and answer.status < 400:
            self._store.forget(caching.account, request.url)
        return answer

    def _kept(self, request: OutgoingRequest, caching: Caching) -> Stored | None:
        variants = self._store.find(caching.account, request.url)
        return next((each for each in variants if each.answers(request.headers)), None)

    def _usable(self, request: OutgoingRequest, caching: Caching) -> Stored | None:
        kept = self._kept(request, caching)
        return kept if kept and may_be_used(kept, self._time.monotonic(), caching) else None

    async def _others_answer(self, request: OutgoingRequest, caching: Caching) -> bool:
        """Wait for the answer to the same request of somebody else, unless it would not do (RFC 9111, 4)."""
        asked = self._under_way.get((caching.account, request.url))
        if asked is None or caching.maxage == 0:
            return False
        await asked.wait()
        return True

    async def _ask(self, request: OutgoingRequest, caching: Caching, send: Send) -> Answer:
        key = (caching.account, request.url)
        if key in self._under_way or key in self._useless:
            return await self._exchange(request, caching, send)
        self._under_way[key] = asyncio.Event()
        try:
            return await self._exchange(request, caching, send)
        finally:
            self._under_way.pop(key).set()

    async def _exchange(self, request: OutgoingRequest, caching: Caching, send: Send) -> Answer:
        kept, began = self._kept(request, caching), self._time.monotonic()
        answer = await send(replace(request, headers=asking(request.headers, kept, caching)))
        if answer.status == 304 and kept is not None:
            renewed = freshened(kept, answer)
            if renewed is None:
                self._store.forget(caching.account, request.url)
                began = self._time.monotonic()
                renewed = await send(replace(request, headers=asking(request.headers, None, caching)))
            answer = renewed
        self._keep(request, caching, answer, began)
        return answer

    def _keep(self, request: OutgoingRequest, caching: Caching, answer: Answer, began: float) -> None:
        instant = self._time.monotonic()
        received = Received(self._time.now(), instant, instant - began)
        kept = stored(answer, request.headers, received, caching)
        key = (caching.account, request.url)
        if kept is not None and len(answer.body) <= self._options.largest:
            self._store.keep(*key, kept)
        elif answer.status < 500:
            # RFC 9111, 4.3.3: the server failed; what it said before may hold all the same.
            self._store.forget(*key)
        self._remember(key, useless=kept is None or not may_be_used(kept, instant, Caching(caching.account)))

    def _remember(self, key: tuple[str, str], *, useless: bool) -> None:
        self._useless.pop(key, None)
        if useless:
            self._useless[key] = None
            if len(self._useless) > _REMEMBERED:
                self._useless.popitem(last=False)

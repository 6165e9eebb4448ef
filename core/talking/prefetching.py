"""`Prefetch`: what will probably be needed is fetched ahead, for what is kept of it. VoiceXML 2.0, 6.1.3."""

import asyncio
from collections import deque
from collections.abc import Collection
from typing import Final

from mirabelle.core.talking.fetching import FetchResource
from mirabelle.vxml_interpreter.commands import FetchRequest, Purpose

AT_ONCE: Final = 2
MOST: Final = 100


class Prefetching:
    """Fetches ahead for one dialogue, a few at a time, each thing once. Nobody waits for it or hears of it.

    `without` are purposes for which nothing is fetched: a text leg gets the addresses of audio, and never its sound.
    """

    def __init__(
        self,
        fetch: FetchResource,
        at_once: int = AT_ONCE,
        most: int = MOST,
        without: Collection[Purpose] = (Purpose.AUDIO,),
    ) -> None:
        self._fetch = fetch
        self._at_once = at_once
        self._most = most
        self._without = without
        self._seen: set[FetchRequest] = set()
        self._waiting: deque[FetchRequest] = deque()
        self._working: set[asyncio.Future[None]] = set()

    def begin(self, request: FetchRequest) -> None:
        """Take note of a request. Of a dialogue that names very many, the first ones are fetched."""
        if request.purpose in self._without or request in self._seen or len(self._seen) >= self._most:
            return
        self._seen.add(request)
        self._waiting.append(request)
        if len(self._working) < self._at_once:
            working = asyncio.ensure_future(self._work())
            self._working.add(working)
            working.add_done_callback(self._working.discard)

    def close(self) -> None:
        """The dialogue is over."""
        self._waiting.clear()
        for working in self._working:
            working.cancel()

    async def _work(self) -> None:
        while self._waiting:
            await self._fetch(self._waiting.popleft())

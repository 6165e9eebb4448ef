"""The answer of start_url, asked for while the callee is still being classified (contract, section 6)."""

import asyncio
from dataclasses import replace

from mirabelle.core.dialog import FetchResource
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import FetchRequest


class FirstDocument:
    """Fetches for one dialogue; `request` is sent by `begin`, and waited for by whoever fetches the same first."""

    def __init__(self, fetch: FetchResource, request: FetchRequest) -> None:
        # Fragments are not sent: the interpreter asks without them.
        self._request = replace(request, url=request.url.partition("#")[0])
        self._fetch = fetch
        self._begun: asyncio.Future[Fetched | FetchFailed] | None = None

    def begin(self) -> None:
        """Send the request."""
        self._begun = asyncio.ensure_future(self._fetch(self._request))

    async def __call__(self, request: FetchRequest) -> Fetched | FetchFailed:
        """What comes back. The answer to what was begun is given once: the next time it may be another."""
        if self._begun is None or request != self._request:
            return await self._fetch(request)
        begun, self._begun = self._begun, None
        return await begun

    def close(self) -> None:
        """Nobody wants the answer any more."""
        if self._begun is not None:
            self._begun.cancel()

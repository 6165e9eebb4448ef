"""Getting what is to be checked, each address once: files, and servers when they are asked for."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import FetchRequest, Purpose

Fetch = Callable[[FetchRequest], Awaitable[Fetched | FetchFailed]]


class Unavailable(Exception):
    """It cannot be had; says why."""


class Resources:
    """Answers of files and servers, kept for one run."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._kept: dict[str, Fetched | Unavailable] = {}

    async def get(self, url: str, purpose: Purpose) -> Fetched:
        """What is there. Raises `Unavailable`."""
        if url not in self._kept:
            self._kept[url] = await self._got(url, purpose)
        found = self._kept[url]
        if isinstance(found, Unavailable):
            raise found
        return found

    async def _got(self, url: str, purpose: Purpose) -> Fetched | Unavailable:
        reply = await self._fetch(FetchRequest(url, purpose))
        if isinstance(reply, FetchFailed):
            return Unavailable(reply.message)
        if 200 <= reply.status < 300:
            return reply
        missing = urlsplit(url).scheme == "file" and reply.status == 404
        return Unavailable("there is no such file" if missing else f"the answer has status {reply.status}")


def is_file(url: str) -> bool:
    """Whether an address is that of a file of this machine."""
    return urlsplit(url).scheme == "file"

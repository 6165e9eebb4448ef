"""What scripts ask for, as outgoing requests: VoiceXML 2.0, 6.1 and 5.3.8."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from mirabelle.core.fetching.cache import HttpCache
from mirabelle.core.fetching.urls import BadUrl, parse_url
from mirabelle.core.interfaces.fetching import Answer, Caching, Fetcher, FetchError, OutgoingRequest
from mirabelle.core.interfaces.resources import ResourceFetcher
from mirabelle.core.observing import written
from mirabelle.core.talking.forms import FORM, MULTIPART, File, Part, form_encoded, multipart, text
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import Attachment, FetchRequest

# What the first document gets, for which no property fetchtimeout is in force: seconds.
DEFAULT_TIMEOUT: Final = 15.0
MAX_BYTES: Final = 10 << 20
MAX_REDIRECTS: Final = 5
_NONE: Mapping[str, ResourceFetcher] = MappingProxyType({})

ReadRecording = Callable[[str], Awaitable[tuple[str, bytes]]]
"""Media type and bytes of a recording of the call, by the URL that the script knows. May raise."""


class Resources:
    """Fetches for one call: http and https through the platform's fetcher, what else there is through `others`.

    Answers are kept for the `account`, where one is given; those from `others` in `cache`. `recordings` reads those
    that are submitted.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        others: Mapping[str, ResourceFetcher] = _NONE,
        call_id: int | None = None,
        account: str | None = None,
        cache: HttpCache | None = None,
        recordings: ReadRecording | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._others = others
        self._call_id = call_id
        self._account = account
        self._cache = cache
        self._recordings = recordings

    async def __call__(self, request: FetchRequest) -> Fetched | FetchFailed:
        """What came back, whatever its status. Never raises but when it is cancelled."""
        try:
            parts = [(name, await self._read(request, value)) for name, value in request.fields]
            answer = await self._send(outgoing(request, self._account, parts))
        except FetchError as error:
            return FetchFailed(str(error) or type(error).__name__)
        except Exception as error:  # noqa: BLE001 - a fetcher of a plugin may raise anything; the script gets badfetch
            return FetchFailed(written(error))
        return Fetched(answer.url, answer.status, answer.headers, answer.body, answer.from_cache)

    async def ahead(self, request: FetchRequest) -> Fetched | FetchFailed:
        """The same before it is needed (6.1.3), for what is kept of it; not again where nothing could be kept."""
        if self._cache is None or self._account is None or not self._cache.pays(self._account, _asked(request)):
            return FetchFailed("nothing would be kept of the answer")
        return await self(request)

    async def _read(self, request: FetchRequest, value: str | Attachment) -> str | File:
        if isinstance(value, str) or not _takes_files(request):
            return value if isinstance(value, str) else value.url
        if self._recordings is None:
            raise FetchError("there are no recordings here that could be sent")
        return File(*(await self._recordings(value.url)))

    async def _send(self, request: OutgoingRequest) -> Answer:
        scheme = urlsplit(request.url).scheme.lower()
        if scheme in ("http", "https"):
            return await self._fetcher.send(request, call_id=self._call_id)
        if scheme not in self._others:
            raise FetchError(f"nothing here fetches {scheme or 'relative'} URLs")
        send = self._others[scheme].send
        try:
            async with asyncio.timeout(request.timeout):
                return await (send(request) if self._cache is None else self._cache.answer(request, send))
        except TimeoutError:
            raise FetchError(f"{scheme}: gave no whole answer within {request.timeout:g} s") from None


def _asked(request: FetchRequest) -> str:
    try:
        return str(parse_url(full_url(request)))
    except BadUrl:
        return request.url


def full_url(request: FetchRequest) -> str:
    """The URL that is asked for: the fields of a get belong to its query."""
    if request.method.lower() == "post" or not request.fields:
        return request.url
    return f"{request.url}{'&' if '?' in request.url else '?'}{form_encoded(request.fields)}"


def outgoing(request: FetchRequest, account: str | None = None, parts: list[Part] | None = None) -> OutgoingRequest:
    """The HTTP request for this; `parts` are its fields with the recordings read. A post without fields has an empty
    body."""
    timeout = DEFAULT_TIMEOUT if request.timeout is None else request.timeout
    content_type, body = _body(request, parts) if request.method.lower() == "post" else ("", None)
    return OutgoingRequest(
        full_url(request),
        request.method.upper(),
        {"content-type": content_type} if content_type else {},
        body,
        timeout=timeout,
        max_bytes=MAX_BYTES,
        max_redirects=MAX_REDIRECTS,
        caching=None if account is None else Caching(account, request.maxage, request.maxstale),
    )


def _takes_files(request: FetchRequest) -> bool:
    return request.method.lower() == "post" and request.enctype.lower() == MULTIPART


def _body(request: FetchRequest, parts: list[Part] | None) -> tuple[str, bytes]:
    if _takes_files(request):
        boundary = secrets.token_hex(16)
        sent = [(name, text(value)) for name, value in request.fields] if parts is None else parts
        return f"{MULTIPART}; boundary={boundary}", multipart(sent, boundary)
    return FORM, form_encoded(request.fields).encode("ascii")

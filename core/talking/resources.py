"""What scripts ask for, as outgoing requests: VoiceXML 2.0, 6.1 and 5.3.8."""

import secrets
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote_plus, urlsplit

from mirabelle.core.interfaces.fetching import Answer, Fetcher, FetchError, OutgoingRequest
from mirabelle.core.interfaces.resources import ResourceFetcher
from mirabelle.core.observing import written
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import Attachment, FetchRequest

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
# What scripts get unless the property fetchtimeout says otherwise: seconds.
DEFAULT_TIMEOUT: Final = 15.0
MAX_BYTES: Final = 10 << 20
MAX_REDIRECTS: Final = 5
_NONE: Mapping[str, ResourceFetcher] = MappingProxyType({})

Field = tuple[str, str | Attachment]


class Resources:
    """Fetches for one call: http and https through the platform's fetcher, what else there is through `others`."""

    def __init__(
        self, fetcher: Fetcher, others: Mapping[str, ResourceFetcher] = _NONE, call_id: int | None = None
    ) -> None:
        self._fetcher = fetcher
        self._others = others
        self._call_id = call_id

    async def __call__(self, request: FetchRequest) -> Fetched | FetchFailed:
        """What came back, whatever its status. Never raises but when it is cancelled."""
        try:
            answer = await self._send(outgoing(request))
        except FetchError as error:
            return FetchFailed(str(error) or type(error).__name__)
        except Exception as error:  # noqa: BLE001 - a fetcher of a plugin may raise anything; the script gets badfetch
            return FetchFailed(written(error))
        return Fetched(answer.url, answer.status, answer.headers, answer.body)

    async def _send(self, request: OutgoingRequest) -> Answer:
        scheme = urlsplit(request.url).scheme.lower()
        if scheme in ("http", "https"):
            return await self._fetcher.send(request, call_id=self._call_id)
        if scheme in self._others:
            return await self._others[scheme].send(request)
        raise FetchError(f"nothing here fetches {scheme or 'relative'} URLs")


def full_url(request: FetchRequest) -> str:
    """The URL that is asked for: the fields of a get belong to its query."""
    if request.method.lower() == "post" or not request.fields:
        return request.url
    return f"{request.url}{'&' if '?' in request.url else '?'}{form_encoded(request.fields)}"


def outgoing(request: FetchRequest) -> OutgoingRequest:
    """The HTTP request for this. A post without fields has an empty body."""
    timeout = DEFAULT_TIMEOUT if request.timeout is None else request.timeout
    content_type, body = _body(request) if request.method.lower() == "post" else ("", None)
    return OutgoingRequest(
        full_url(request),
        request.method.upper(),
        {"content-type": content_type} if content_type else {},
        body,
        timeout=timeout,
        max_bytes=MAX_BYTES,
        max_redirects=MAX_REDIRECTS,
    )


def _body(request: FetchRequest) -> tuple[str, bytes]:
    if request.enctype.lower() == MULTIPART:
        boundary = secrets.token_hex(16)
        return f"{MULTIPART}; boundary={boundary}", multipart(request.fields, boundary)
    return FORM, form_encoded(request.fields).encode("ascii")


def form_encoded(fields: Iterable[Field]) -> str:
    """The fields as a form sends them: UTF-8, a space as `+`."""
    return "&".join(f"{_quoted(name)}={_quoted(_text(value))}" for name, value in fields)


def _text(value: str | Attachment) -> str:
    return value if isinstance(value, str) else value.url


def _quoted(text: str) -> str:
    # ECMAScript strings may hold half a surrogate pair, which UTF-8 cannot.
    return quote_plus(text, encoding="utf-8", errors="replace")


def multipart(fields: Iterable[Field], boundary: str) -> bytes:
    """The fields as parts of multipart/form-data: RFC 7578."""
    parts = [_part(name, _text(value), boundary) for name, value in fields]
    return b"".join([*parts, f"--{boundary}--\r\n".encode("ascii")])


def _part(name: str, value: str, boundary: str) -> bytes:
    escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{escaped}"\r\n\r\n'
    return f"{head}{value}\r\n".encode(errors="replace")

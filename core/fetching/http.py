"""HttpFetcher: HTTP requests within the egress policy and within their limits, on aiohttp."""

import asyncio
import errno
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from mirabelle import __version__
from mirabelle.core.fetching.addresses import EgressOptions, EgressPolicy
from mirabelle.core.fetching.cache import CacheOptions, HttpCache
from mirabelle.core.fetching.headers import merge_headers, redirected_headers
from mirabelle.core.fetching.urls import BadUrl, join_url, parse_url, shown
from mirabelle.core.interfaces.fetching import Answer, AnswerTooLarge, EgressRefused, FetchError, OutgoingRequest
from mirabelle.core.option_checks import at_least

Prepare = Callable[[OutgoingRequest, int | None], Mapping[str, str]]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEEP_METHOD = frozenset({307, 308})
_SAFE = frozenset({"GET", "HEAD"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
# They describe the bytes on the wire; the body that is handed on has been decoded.
_OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How outgoing requests are made. `connections` are open at once, in all and to one host.

    `keep_alive` is seconds that an idle connection is kept; short, because a POST on one that the server is just
    closing fails.
    """

    egress: EgressOptions = field(default_factory=EgressOptions)
    connections: int = 1000
    connections_per_host: int = 200
    keep_alive: float = 3.0
    user_agent: str = f"Mirabelle/{__version__}"
    cache: CacheOptions = field(default_factory=CacheOptions)

    def __post_init__(self) -> None:
        at_least(self, 1, "connections", "connections_per_host")
        at_least(self, 0, "keep_alive")
        if not self.user_agent.isprintable():
            raise ValueError("user_agent must be printable characters")


def nothing_to_add(request: OutgoingRequest, call_id: int | None) -> Mapping[str, str]:
    """The `Prepare` of a platform without plugins that add headers."""
    return {}


class HttpFetcher:
    """Fulfils `Fetcher`. Every address is judged when it is connected to, so no second look-up of a name slips through.

    No cookies, no proxies from the environment, no credentials in URLs; each hop of a redirect is a new request with
    all its checks, which `cache` may answer. `prepare` is asked for headers to add, anew for each hop.
    """

    def __init__(
        self,
        options: FetchOptions,
        prepare: Prepare = nothing_to_add,
        resolver: AbstractResolver | None = None,
        cache: HttpCache | None = None,
    ) -> None:
        self._options = options
        self._prepare = prepare
        self._cache = cache
        self._resolver = resolver
        self._policy = EgressPolicy(options.egress)
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make ready to send; to be awaited on the loop that will send."""
        connector = aiohttp.TCPConnector(
            limit=self._options.connections,
            limit_per_host=self._options.connections_per_host,
            keepalive_timeout=self._options.keep_alive,
            resolver=self._resolver,
            socket_factory=self._socket,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            trust_env=False,
            headers={"User-Agent": self._options.user_agent, "Accept": "*/*"},
        )

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def send(self, request: OutgoingRequest, *, call_id: int | None = None) -> Answer:
        """Return the answer, whatever its status; raise `FetchError` when there is none."""
        url = parse_url(request.url)
        if request.method not in _METHODS:
            raise FetchError(f"{request.method!r} is not a method that the platform uses")
        try:
            async with asyncio.timeout(request.timeout):
                return await self._follow(request, url, call_id)
        except TimeoutError:
            raise FetchError(f"{shown(url)} gave no whole answer within {request.timeout:g} s") from None
        except aiohttp.ClientError as error:
            raise _translated(error, url) from None
        except (OSError, ValueError) as error:
            raise FetchError(f"{shown(url)}: {error}") from None

    async def _follow(self, request: OutgoingRequest, url: URL, call_id: int | None) -> Answer:
        asked = False
        for _ in range(request.max_redirects + 1):
            answer = await self._hop(request, url, call_id)
            asked = asked or not answer.from_cache
            target = _target(url, answer) if request.max_redirects else None
            if target is None:
                return replace(answer, from_cache=not asked)
            request, url = _redirected(request, url, answer.status, target), target
        raise FetchError(f"{shown(url)} was reached by more than {request.max_redirects} redirects")

    async def _hop(self, request: OutgoingRequest, url: URL, call_id: int | None) -> Answer:
        headers = merge_headers(request.headers, self._prepare(request, call_id))
        request = replace(request, url=str(url), headers=headers)
        return await (self._exchange(request) if self._cache is None else self._cache.answer(request, self._exchange))

    async def _exchange(self, request: OutgoingRequest) -> Answer:
        if self._session is None:
            raise RuntimeError("HttpFetcher.send before open")
        url = URL(request.url, encoded=True)
        async with self._session.request(
            request.method, url, headers=request.headers, data=request.body, allow_redirects=False
        ) as response:
            if request.max_redirects and _leads_on(response.status, response.headers):
                return Answer(response.status, request.url, _lower_case(response), b"")
            return await _answer(response, url, request.max_bytes)

    def _socket(self, info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, address = info
        objection = self._policy.objection(address[0])
        if objection is not None:
            # An OSError lets the connector go on to the host's next address; its number survives being merged.
            raise OSError(errno.EACCES, f"the platform may not contact its address ({objection})")
        return socket.socket(family=family, type=kind, proto=protocol)


async def _answer(response: aiohttp.ClientResponse, url: URL, limit: int) -> Answer:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > limit:
            response.close()
            raise AnswerTooLarge(f"{shown(url)} answered with more than {limit} bytes")
    return Answer(response.status, str(url), _lower_case(response), bytes(body))


def _lower_case(response: aiohttp.ClientResponse) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in response.headers.items():
        key = name.lower()
        # Of two places to go to, the first is meant; no list of them is a URL.
        if key not in _OF_THE_WIRE and not (key == "location" and key in headers):
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers


def _leads_on(status: int, headers: Mapping[str, str]) -> bool:
    return status in _REDIRECTS and "location" in headers


def _target(url: URL, answer: Answer) -> URL | None:
    if not _leads_on(answer.status, answer.headers):
        return None
    try:
        return join_url(url, answer.headers["location"])
    except BadUrl as error:
        raise FetchError(f"{shown(url)} redirects to a URL that is not followed: {error}") from None


def _redirected(request: OutgoingRequest, url: URL, status: int, target: URL) -> OutgoingRequest:
    """The request for the target. As browsers do, only 307 and 308 keep a POST (RFC 9110, 15.4)."""
    keeps = status in _KEEP_METHOD or request.method in _SAFE
    return replace(
        request,
        url=str(target),
        method=request.method if keeps else "GET",
        body=request.body if keeps else None,
        headers=redirected_headers(request.headers, same_origin=url.origin() == target.origin(), keeps_body=keeps),
    )


def _translated(error: aiohttp.ClientError, url: URL) -> FetchError:
    if isinstance(error, aiohttp.ClientConnectorError) and error.os_error.errno == errno.EACCES:
        return EgressRefused(f"{shown(url)}: {error.os_error.strerror}")
    return FetchError(f"{shown(url)}: {_reason(error)}")


def _reason(error: aiohttp.ClientError) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "there is no such host"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"its certificate is not to be trusted: {error.certificate_error}"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"no connection: {error.os_error.strerror or error.os_error}"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "the server closed the connection without an answer"
    return f"the answer could not be read ({type(error).__name__})"

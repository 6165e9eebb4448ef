import asyncio
import gzip
import shutil
import socket
import ssl
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from mirabelle.core.fetching import EgressOptions, FetchOptions, HttpFetcher
from mirabelle.core.fetching.headers import BadHeader
from mirabelle.core.interfaces.fetching import AnswerTooLarge, EgressRefused, FetchError, OutgoingRequest

DEV = FetchOptions(egress=EgressOptions(allow_private=True))
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeResolver(AbstractResolver):
    """Answers from a table; a list of answers is used up one look-up after the other."""

    def __init__(self, table: dict[str, list[list[str]]]) -> None:
        self.table = table
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[ResolveResult]:
        self.asked.append(host)
        answers = self.table[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        return None


class Site:
    """A web server on a free port of this machine, which remembers the requests that reached it."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, Mapping[str, str], bytes]] = []
        self.handlers: dict[str, Handler] = {}
        self.port = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((request.method, request.path_qs, dict(request.headers), await request.read()))
        if request.path in self.handlers:
            return await self.handlers[request.path](request)
        return web.Response(text="hello")

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def redirect(self, path: str, location: str, status: int = 302) -> None:
        async def handler(request: web.Request) -> web.Response:
            return web.Response(status=status, headers={"Location": location})

        self.handlers[path] = handler


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", site.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.port = runner.addresses[0][1]
    yield site
    await runner.cleanup()


Open = Callable[..., Awaitable[HttpFetcher]]


@pytest.fixture
async def opened() -> AsyncIterator[Open]:
    fetchers: list[HttpFetcher] = []

    async def open_one(options: FetchOptions = DEV, **arguments: Any) -> HttpFetcher:
        fetcher = HttpFetcher(options, **arguments)
        await fetcher.open()
        fetchers.append(fetcher)
        return fetcher

    yield open_one
    for fetcher in fetchers:
        await fetcher.close()


async def test_the_answer_comes_back_whatever_its_status(site: Site, opened: Open) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=503, text="later", headers={"Retry-After": "7", "X-Two": "a"})

    site.handlers["/busy"] = handler
    answer = await (await opened()).send(
        OutgoingRequest(site.url("/busy?x=1"), "POST", {"Content-Type": "text/plain"}, b"body")
    )
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (503, b"later", "7")
    assert answer.url == site.url("/busy?x=1")
    method, path, headers, body = site.requests[0]
    assert (method, path, headers["Content-Type"], body) == ("POST", "/busy?x=1", "text/plain", b"body")
    assert headers["User-Agent"].startswith("Mirabelle/")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::]",
        "169.254.169.254",
        "10.0.0.1",
        "224.0.0.1",
        "[fe80::1]",
        "100.64.0.1",
    ],
)
async def test_addresses_inside_are_refused(host: str, site: Site, opened: Open) -> None:
    fetcher = await opened(FetchOptions())
    with pytest.raises(EgressRefused, match="may not contact"):
        await fetcher.send(OutgoingRequest(site.url(host=host)))
    assert site.requests == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "１２７.1", "017700000001"])
async def test_disguised_addresses_are_refused(host: str, site: Site, opened: Open) -> None:
    fetcher = await opened()
    with pytest.raises(FetchError):
        await fetcher.send(OutgoingRequest(site.url(host=host)))
    assert site.requests == []


async def test_names_of_inside_addresses_are_refused(site: Site, opened: Open) -> None:
    resolver = FakeResolver({"inside.example": [["127.0.0.1"]], "both.example": [["::1", "127.0.0.1", "10.0.0.1"]]})
    fetcher = await opened(FetchOptions(), resolver=resolver)
    for host in ("inside.example", "both.example"):
        with pytest.raises(EgressRefused, match="may not contact"):
            await fetcher.send(OutgoingRequest(site.url(host=host)))
    assert site.requests == []


async def test_a_name_that_changes_its_address_is_judged_when_connected_to(site: Site, opened: Open) -> None:
    resolver = FakeResolver({"rebind.example": [["127.0.0.1"], ["127.0.0.2"]]})
    options = FetchOptions(egress=EgressOptions(allow=("127.0.0.1/32",)), keep_alive=0)
    fetcher = await opened(options, resolver=resolver)
    await fetcher.send(OutgoingRequest(site.url(host="rebind.example")))
    assert fetcher._session is not None
    fetcher._session.connector.clear_dns_cache()  # type: ignore[union-attr]
    with pytest.raises(EgressRefused, match="loopback"):
        await fetcher.send(OutgoingRequest(site.url(host="rebind.example")))
    assert resolver.asked == ["rebind.example", "rebind.example"]


async def test_of_several_addresses_only_the_allowed_are_tried(site: Site, opened: Open) -> None:
    resolver = FakeResolver({"mixed.example": [["10.0.0.1", "127.0.0.1"]]})
    fetcher = await opened(FetchOptions(egress=EgressOptions(allow=("127.0.0.1/32",))), resolver=resolver)
    assert (await fetcher.send(OutgoingRequest(site.url(host="mixed.example")))).body == b"hello"


async def test_the_target_of_a_redirect_is_judged_too(site: Site, opened: Open) -> None:
    site.redirect("/out", "http://169.254.169.254/latest/meta-data/")
    site.redirect("/scheme", "file:///etc/passwd")
    site.redirect("/user", "http://root:root@127.0.0.1/")
    fetcher = await opened()
    with pytest.raises(EgressRefused, match="metadata"):
        await fetcher.send(OutgoingRequest(site.url("/out"), max_redirects=5))
    for path in ("/scheme", "/user"):
        with pytest.raises(FetchError, match="redirects to a URL that is not followed"):
            await fetcher.send(OutgoingRequest(site.url(path), max_redirects=5))


async def test_redirects_are_followed_as_far_as_asked(site: Site, opened: Open) -> None:
    for number in range(3):
        site.redirect(f"/{number}", f"/{number + 1}")
    fetcher = await opened()
    answer = await fetcher.send(OutgoingRequest(site.url("/0"), max_redirects=3))
    assert (answer.status, answer.url) == (200, site.url("/3"))
    with pytest.raises(FetchError, match="more than 2 redirects"):
        await fetcher.send(OutgoingRequest(site.url("/0"), max_redirects=2))
    assert (await fetcher.send(OutgoingRequest(site.url("/0")))).status == 302


@pytest.mark.parametrize(
    ("status", "method", "body"),
    [(301, "GET", b""), (302, "GET", b""), (303, "GET", b""), (307, "POST", b"a=1"), (308, "POST", b"a=1")],
)
async def test_a_redirected_post(status: int, method: str, body: bytes, site: Site, opened: Open) -> None:
    site.redirect("/from", "/to", status)
    request = OutgoingRequest(site.url("/from"), "POST", {"Content-Type": "text/plain"}, b"a=1", max_redirects=1)
    await (await opened()).send(request)
    assert site.requests[1][0] == method
    assert site.requests[1][3] == body
    assert ("Content-Type" in site.requests[1][2]) == (method == "POST")


async def test_credentials_stay_with_their_origin(site: Site, opened: Open) -> None:
    site.redirect("/same", "/to")
    site.redirect("/other", site.url("/to", host="localhost"))
    fetcher = await opened()
    headers = {"Authorization": "Bearer x", "X-Kept": "1"}
    for path in ("/same", "/other"):
        await fetcher.send(OutgoingRequest(site.url(path), headers=headers, max_redirects=1))
    same, other = site.requests[1][2], site.requests[3][2]
    assert same["Authorization"] == "Bearer x"
    assert "Authorization" not in other
    assert other["X-Kept"] == "1"


async def test_no_cookies_are_kept(site: Site, opened: Open) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(headers={"Set-Cookie": "who=first"})

    site.handlers["/set"] = handler
    fetcher = await opened()
    # Of numeric hosts nobody keeps cookies.
    for _ in range(2):
        await fetcher.send(OutgoingRequest(site.url("/set", host="localhost")))
    assert "Cookie" not in site.requests[1][2]


async def test_proxies_of_the_environment_are_ignored(
    site: Site, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert (await (await opened()).send(OutgoingRequest(site.url()))).status == 200


async def test_plugins_add_headers_for_each_hop(site: Site, opened: Open) -> None:
    seen: list[tuple[str, int | None]] = []

    def prepare(request: OutgoingRequest, call_id: int | None) -> Mapping[str, str]:
        seen.append((request.url, call_id))
        return {"X-Signature": f"for {request.url[-3:]}", "user-agent": "theirs"}

    site.redirect("/one", "/two")
    fetcher = await opened(prepare=prepare)
    await fetcher.send(OutgoingRequest(site.url("/one"), max_redirects=1), call_id=7)
    assert seen == [(site.url("/one"), 7), (site.url("/two"), 7)]
    assert [headers["X-Signature"] for _, _, headers, _ in site.requests] == ["for one", "for two"]
    assert site.requests[0][2]["User-Agent"] == "theirs"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-A": "b\r\nX-C: d"}, {"X-A": "b\nX-C: d"}, {"X-A": "b\x00"}, {"X-A": "\ud800"},
        {"X-A\r\nX-C": "d"}, {"X A": "b"}, {"": "b"}, {"X-A:": "b"},
        {"Host": "other"}, {"content-length": "3"}, {"Transfer-Encoding": "chunked"}, {"Connection": "close"},
    ],
)  # fmt: skip
async def test_headers_cannot_be_smuggled(headers: dict[str, str], site: Site, opened: Open) -> None:
    with pytest.raises(BadHeader):
        await (await opened()).send(OutgoingRequest(site.url(), headers=headers))
    with pytest.raises(BadHeader):
        await (await opened(prepare=lambda request, call_id: headers)).send(OutgoingRequest(site.url()))
    assert site.requests == []


@pytest.mark.parametrize("method", ["get", "CONNECT", "TRACE", "GET / HTTP/1.1\r\nX: y\r\n\r\nGET"])
async def test_methods_are_the_known_ones(method: str, site: Site, opened: Open) -> None:
    with pytest.raises(FetchError, match="is not a method"):
        await (await opened()).send(OutgoingRequest(site.url(), method))


async def test_a_body_of_the_limit_is_read_and_one_more_byte_is_not(site: Site, opened: Open) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=b"x" * int(request.query["n"]))

    site.handlers["/body"] = handler
    fetcher = await opened()
    answer = await fetcher.send(OutgoingRequest(site.url("/body?n=1000"), max_bytes=1000))
    assert len(answer.body) == 1000
    with pytest.raises(AnswerTooLarge, match="more than 1000 bytes"):
        await fetcher.send(OutgoingRequest(site.url("/body?n=1001"), max_bytes=1000))


async def test_an_endless_body_is_cut_off(site: Site, opened: Open) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65536)

    site.handlers["/endless"] = handler
    with pytest.raises(AnswerTooLarge):
        await (await opened()).send(OutgoingRequest(site.url("/endless")))


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_compressed_bodies_are_counted_as_they_unfold(encoding: str, site: Site, opened: Open) -> None:
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    bodies = {"small": pack(b"y" * 500), "bomb": pack(bytes(200 << 20))}

    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=bodies[request.query["b"]], headers={"Content-Encoding": encoding})

    site.handlers["/packed"] = handler
    fetcher = await opened()
    answer = await fetcher.send(OutgoingRequest(site.url("/packed?b=small"), max_bytes=1000))
    assert answer.body == b"y" * 500
    assert "content-encoding" not in answer.headers
    tracemalloc.start()
    with pytest.raises(AnswerTooLarge):
        await fetcher.send(OutgoingRequest(site.url("/packed?b=bomb")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 << 20


async def test_the_time_out_is_for_the_whole_exchange(site: Site, opened: Open) -> None:
    released = asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"a")
        await released.wait()
        return response

    site.handlers["/slow"] = handler
    with pytest.raises(FetchError, match=r"no whole answer within 0\.05 s"):
        await (await opened()).send(OutgoingRequest(site.url("/slow?secret=1"), timeout=0.05))
    released.set()


async def test_failures_say_what_happened_and_keep_queries_to_themselves(site: Site, opened: Open) -> None:
    async def garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"\x00not http at all\r\n\r\n")
        writer.close()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.close()

    fetcher = await opened()
    for talk, reason in ((garbage, "could not be read"), (silent, "closed the connection without an answer")):
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(FetchError, match=reason) as caught:
            await fetcher.send(OutgoingRequest(f"http://127.0.0.1:{port}/x?token=secret"))
        assert "secret" not in str(caught.value)
        server.close()
        await server.wait_closed()
        with pytest.raises(FetchError, match="no connection"):
            await fetcher.send(OutgoingRequest(f"http://127.0.0.1:{port}/x?token=secret"))


async def test_a_host_that_is_not_there(opened: Open) -> None:
    class NoHosts(FakeResolver):
        async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[ResolveResult]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(FetchError, match=r"http://gone\.example/: there is no such host"):
        await (await opened(resolver=NoHosts({}))).send(OutgoingRequest("http://gone.example/"))


async def test_a_server_without_tls(site: Site, opened: Open) -> None:
    with pytest.raises(FetchError, match=r"no connection: .*WRONG_VERSION_NUMBER"):
        await (await opened()).send(OutgoingRequest(site.url().replace("http:", "https:")))
    assert site.requests == []


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command to make a certificate")
async def test_a_certificate_that_nobody_vouches_for(site: Site, opened: Open, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2 -subj /CN=localhost"
    made = await asyncio.create_subprocess_exec(*command.split(), stderr=asyncio.subprocess.DEVNULL)
    assert await made.wait() == 0
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(FetchError, match="its certificate is not to be trusted"):
        await (await opened()).send(OutgoingRequest(f"https://localhost:{port}/"))
    server.close()
    await server.wait_closed()

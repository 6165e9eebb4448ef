"""The cache behind real requests: hops, headers that plugins add, validation."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping

import pytest
from aiohttp import web

from mirabelle.core.clock import SystemClock
from mirabelle.core.fetching import CacheOptions, EgressOptions, FetchOptions, HttpCache, HttpFetcher
from mirabelle.core.interfaces.fetching import Answer, Caching, FetchError, OutgoingRequest

FRESH = {"Cache-Control": "max-age=600"}
Handler = Callable[[web.Request], web.Response]


class Site:
    """A server whose answers are functions of the request; counts what reached it."""

    def __init__(self) -> None:
        self.base = ""
        self.asked: Counter[str] = Counter()
        self.handlers: dict[str, Handler] = {}
        self.reached = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def answer(self, request: web.Request) -> web.Response:
        self.asked[request.path] += 1
        self.reached.set()
        await self.gate.wait()
        return self.handlers[request.path](request)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site, application = Site(), web.Application()
    application.router.add_route("*", "/{path:.*}", site.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield site
    site.gate.set()
    await runner.cleanup()


class Getter:
    def __init__(self, site: Site, fetcher: HttpFetcher) -> None:
        self.site = site
        self.fetcher = fetcher

    async def __call__(self, path: str, method: str = "GET", call_id: int = 1, seconds: float = 30) -> Answer:
        request = OutgoingRequest(
            f"{self.site.base}{path}", method, timeout=seconds, max_redirects=5, caching=Caching("me")
        )
        return await self.fetcher.send(request, call_id=call_id)


@pytest.fixture
async def get(site: Site) -> AsyncIterator[Getter]:
    def prepare(request: OutgoingRequest, call_id: int | None) -> Mapping[str, str]:
        return {"X-Call": str(call_id)}

    options = FetchOptions(egress=EgressOptions(allow_private=True))
    fetcher = HttpFetcher(options, prepare, cache=HttpCache(CacheOptions(), SystemClock()))
    await fetcher.open()
    yield Getter(site, fetcher)
    await fetcher.close()


def fixed(text: str = "hello", status: int = 200, **headers: str) -> Handler:
    return lambda request: web.Response(
        text=text, status=status, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


async def test_a_fresh_answer_is_not_asked_for_twice(site: Site, get: Getter) -> None:
    site.handlers["/a"] = fixed(cache_control="max-age=600", etag='"1"')
    first, second = await get("/a"), await get("/a#part")
    assert (first.from_cache, second.from_cache, second.body, second.url) == (False, True, b"hello", f"{site.base}/a")
    assert site.asked == {"/a": 1}


async def test_a_server_confirms_by_date(site: Site, get: Getter) -> None:
    changed = "Mon, 01 Jun 2026 12:00:00 GMT"

    def handler(request: web.Request) -> web.Response:
        same = request.headers.get("If-Modified-Since") == changed
        return web.Response(
            status=304 if same else 200, text=None if same else "hello", headers={"Last-Modified": changed}
        )

    site.handlers["/a"] = handler
    for _ in range(2):
        answer = await get("/a")
        assert (answer.status, answer.body, answer.from_cache) == (200, b"hello", False)
    assert site.asked == {"/a": 2}


async def test_each_hop_of_a_redirect_is_kept_by_itself(site: Site, get: Getter) -> None:
    site.handlers |= {
        "/for_now": fixed(status=302, location="/there"),
        "/for_ever": fixed(status=301, location="/there", cache_control="max-age=600"),
        "/there": fixed(cache_control="max-age=600"),
    }
    answers = [await get(path) for path in ("/for_now", "/for_now", "/for_ever", "/for_ever")]
    assert {answer.url for answer in answers} == {f"{site.base}/there"}
    assert [answer.from_cache for answer in answers] == [False, False, False, True]
    assert site.asked == {"/for_now": 2, "/for_ever": 1, "/there": 1}


async def test_a_circle_of_kept_redirects_ends(site: Site, get: Getter) -> None:
    site.handlers["/a"] = fixed(status=301, location="/a", cache_control="max-age=600")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        await get("/a")
    assert site.asked == {"/a": 1}


async def test_the_page_that_a_post_leads_to_may_be_kept_and_the_post_may_not(site: Site, get: Getter) -> None:
    site.handlers |= {
        "/order": fixed(status=303, location="/thanks", cache_control="max-age=600"),
        "/thanks": fixed(cache_control="max-age=600"),
    }
    for _ in range(2):
        assert not (await get("/order", "POST")).from_cache
    assert site.asked == {"/order": 2, "/thanks": 1}


async def test_headers_that_plugins_add_select_answers(site: Site, get: Getter) -> None:
    site.handlers["/a"] = lambda request: web.Response(
        text=request.headers["X-Call"], headers={**FRESH, "Vary": "X-Call"}
    )
    bodies = [(await get("/a", call_id=call_id)).body for call_id in (1, 2, 1, 2)]
    assert bodies == [b"1", b"2", b"1", b"2"]
    assert site.asked == {"/a": 2}


async def test_who_waits_for_the_answer_to_another_gives_up_in_its_own_time(site: Site, get: Getter) -> None:
    site.handlers["/a"] = fixed(cache_control="max-age=600")
    site.gate.clear()
    patient = asyncio.create_task(get("/a"))
    await site.reached.wait()
    with pytest.raises(FetchError, match=r"within 0\.01 s"):
        await get("/a", seconds=0.01)
    site.gate.set()
    assert (await patient).body == b"hello"
    assert site.asked == {"/a": 1}


async def test_of_two_locations_the_first_is_meant(site: Site, get: Getter) -> None:
    def handler(request: web.Request) -> web.Response:
        response = web.Response(status=302)
        response.headers.add("Location", "/there")
        response.headers.add("Location", "/elsewhere")
        return response

    site.handlers |= {"/a": handler, "/there": fixed("there")}
    assert (await get("/a")).body == b"there"

"""The application on a real socket: a real server, a real client, probes over the real fetcher."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
import uvicorn
from aiohttp import web
from lxml import etree

from mirabelle.core.api.app import create_app
from mirabelle.core.api.services import ApiOptions
from mirabelle.core.api.url_probes import UrlProbes
from mirabelle.core.fetching import EgressOptions, FetchOptions, HttpFetcher


class Wire:
    """The platform's address, and a client application beside it."""

    def __init__(self, platform: str, application: str) -> None:
        self.url = f"{platform}/webservice/queuecall.php"
        self.start_url = f"{application}/start"
        self.probes: list[tuple[str, str]] = []


@pytest.fixture(params=[True, False], ids=["dev", "closed"])
async def wire(request: pytest.FixtureRequest, api: Any) -> AsyncIterator[Wire]:
    seen: list[tuple[str, str]] = []

    async def answer(incoming: web.Request) -> web.Response:
        seen.append((incoming.method, incoming.path_qs))
        return web.Response(text="<vxml/>")

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()

    fetcher = HttpFetcher(FetchOptions(egress=EgressOptions(allow_private=request.param)))
    await fetcher.open()
    services = replace(api.services, probes=UrlProbes(fetcher, api.clock))
    config = uvicorn.Config(create_app(services, ApiOptions(max_body=4096)), port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn sets a flag and nothing else
        await asyncio.sleep(0.001)
    port = server.servers[0].sockets[0].getsockname()[1]

    wire = Wire(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{runner.addresses[0][1]}")
    wire.probes = seen
    yield wire
    server.should_exit = True
    await serving
    await fetcher.close()
    await runner.cleanup()


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize("wire", [True], indirect=True)
async def test_a_call_is_queued(wire: Wire, client: aiohttp.ClientSession, form: dict[str, str]) -> None:
    form["start_url"] = wire.start_url + "?a=b"
    multipart = aiohttp.FormData(form, default_to_multipart=True)
    for body in (form, multipart):
        async with client.post(wire.url, data=body) as answer:
            assert answer.status == 200
            document = etree.fromstring(await answer.read())
        assert document.get("status") == "queued"
    assert wire.probes == [("GET", "/start?a=b")]


@pytest.mark.parametrize("wire", [False], indirect=True)
async def test_addresses_inside_are_out_of_reach(
    wire: Wire, client: aiohttp.ClientSession, form: dict[str, str]
) -> None:
    form["start_url"] = wire.start_url
    async with client.post(wire.url, data=form) as answer:
        document = etree.fromstring(await answer.read())
    error = document.find("error")
    assert error is not None
    assert (error.get("code"), error.get("temporary")) == ("url_unreachable", "false")
    assert (error.text or "").endswith("the platform may not contact its address (loopback)")
    assert wire.probes == []


@pytest.mark.parametrize("wire", [True], indirect=True)
async def test_a_body_in_pieces_and_one_too_large(wire: Wire, client: aiohttp.ClientSession) -> None:
    async def pieces(number: int) -> AsyncIterator[bytes]:
        for _ in range(number):
            yield b"login=a&" * 64

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with client.post(wire.url, data=pieces(2), headers=headers) as answer:
        assert answer.status == 200
        assert b"login is sent twice" in await answer.read()
    async with client.post(wire.url, data=pieces(16), headers=headers) as answer:
        assert answer.status == 413
        assert etree.fromstring(await answer.read()).tag == "queuecall"

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from mirabelle.core import serving
from mirabelle.core.config import ServerOptions
from mirabelle.core.serving import CannotListen


class Application:
    """Says hello, when it may; `asked` is set once a request has come."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.app = Starlette(routes=[Route("/", self._hello)])

    async def _hello(self, request: Request) -> PlainTextResponse:
        self.asked.set()
        await self.may_answer.wait()
        return PlainTextResponse("hello")


async def get(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return await response.text()


@asynccontextmanager
async def served(application: Application) -> AsyncIterator[tuple[str, asyncio.Event]]:
    """The URL of the application, and the event that ends it."""
    bound, over, announced = serving.listen(ServerOptions(port=0)), asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(serving.serve(application.app, bound, announced.set, over.wait()))
    await announced.wait()
    yield serving.url_of(bound), over
    await running


async def test_it_serves_once_it_has_announced_itself_until_it_is_over() -> None:
    application = Application()
    application.may_answer.set()
    async with served(application) as (url, over):
        assert await get(url) == "hello"
        over.set()
    with pytest.raises(aiohttp.ClientConnectionError):
        await get(url)


async def test_a_request_that_is_under_way_gets_its_answer() -> None:
    application = Application()
    async with served(application) as (url, over):
        request = asyncio.create_task(get(url))
        await application.asked.wait()
        over.set()
        await asyncio.sleep(0)
        application.may_answer.set()
        assert await request == "hello"


def test_a_port_that_is_taken_is_said() -> None:
    with serving.listen(ServerOptions(port=0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=rf"cannot listen on 127.0.0.1:{port}: Address already in use; give"):
            serving.listen(ServerOptions(port=port))


def test_a_host_that_is_none_is_said() -> None:
    with pytest.raises(CannotListen, match=r"cannot listen on 203\.0\.113\.1:0"):
        serving.listen(ServerOptions(host="203.0.113.1", port=0))


def test_where_it_is_reached() -> None:
    with serving.listen(ServerOptions(host="0.0.0.0", port=0)) as bound:
        assert serving.url_of(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}"


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="no IPv6 here")
def test_where_it_is_reached_over_ipv6() -> None:
    with serving.listen(ServerOptions(host="::1", port=0)) as bound:
        assert serving.url_of(bound) == f"http://[::1]:{bound.getsockname()[1]}"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("example", False),
    ],
)
def test_which_hosts_are_loopback(host: str, loopback: bool) -> None:
    assert serving.is_loopback(host) is loopback


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_first_signal_asks_to_stop_and_the_second_is_as_always(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with serving.stop_signals() as stopping:
        os.kill(os.getpid(), number)
        await asyncio.wait_for(stopping.wait(), 10)
        assert signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler)
    signal.signal(number, before)

"""What a whole call costs beside the bare HTTP that it cannot avoid: one form POST in, two POSTs out.

Both sides use the same client and server libraries on the same event loop, with the same number of exchanges under way.
The loopback's time runs so fast that ringing and talking take next to nothing.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import aiohttp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mirabelle.core import config
from mirabelle.core.authentication import create_account
from mirabelle.core.client import Client, Login
from mirabelle.core.config import Configuration
from mirabelle.core.platform import Platform
from mirabelle.core.serving import served
from mirabelle.core.types import Account

EXCHANGES = 400
UNDER_WAY = 20
NUMBER = "+16175550101"
SCRIPT = (
    b'<?xml version="1.0"?><vxml version="2.0" xmlns="http://www.w3.org/2001/vxml">'
    b"<form><block><exit/></block></form></vxml>"
)
FORM = {"phone_number": NUMBER, "call_id": "1", "message_reference": "", "call_parameters": ""}


def whole_call() -> float:
    """Seconds a call, divided by seconds a bare exchange."""
    return asyncio.run(_measure())


async def _measure() -> float:
    async with aiohttp.ClientSession() as session, served(Starlette(routes=[_echo()])) as url:
        bare = await _timed(lambda: _bare(session, url))
    return await _whole() / bare


def _echo() -> Route:
    async def answer(request: Request) -> Response:
        async with request.form() as form:
            return Response(f"completed {len(form)}")

    return Route("/", answer, methods=["POST"])


async def _bare(session: aiohttp.ClientSession, url: str) -> None:
    for _ in range(3):
        async with session.post(url, data=FORM) as response:
            await response.read()


async def _whole() -> float:
    application = _Application()
    with tempfile.TemporaryDirectory() as folder:
        platform = Platform(_configuration(Path(folder)), lambda event: None)
        async with served(application.app) as address, platform.opened(), platform.working():
            issued = await create_account(platform.components.directory, platform.pins, Account("bench"))
            async with served(platform.app()) as url, Client(url, Login("bench", issued.pin)) as client:
                await application.call(client, address)
                return await _timed(lambda: application.call(client, address))


def _configuration(data: Path) -> Configuration:
    return config.load(
        options={
            ("data",): data,
            ("time_scale",): 1000.0,
            ("dispatcher", "lease"): 30_000.0,
            ("fetching", "egress", "allow_private"): True,
            ("dispatcher", "channels"): 10 * UNDER_WAY,
        }
    )


class _Application:
    """Answers start_url with a script that ends at once, and tells when a result came."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._count = 0
        self.app = Starlette(
            routes=[
                Route("/start", self._start, methods=["GET", "POST"]),
                Route("/result", self._result, methods=["GET", "POST"]),
            ]
        )

    async def call(self, client: Client, address: str) -> None:
        """Queue one call and wait for its result."""
        self._count += 1
        reference = str(self._count)
        posted = self._waiting[reference] = asyncio.get_running_loop().create_future()
        urls = {"start_url": f"{address}/start", "result_url": f"{address}/result"}
        await client.queue_call(NUMBER, message_reference=reference, **urls)
        await posted

    async def _start(self, request: Request) -> Response:
        return Response(SCRIPT, media_type="application/voicexml+xml")

    async def _result(self, request: Request) -> Response:
        async with request.form() as form:
            waiting = self._waiting.pop(str(form.get("message_reference")), None)
        # The platform's probe of the URL belongs to no call.
        if waiting is not None:
            waiting.set_result(None)
        return Response("completed")


async def _timed(exchange: Callable[[], Awaitable[None]]) -> float:
    """Seconds an exchange, over `EXCHANGES` of them with `UNDER_WAY` at a time."""

    async def several(share: Iterable[int]) -> None:
        for _ in share:
            await exchange()

    began = time.perf_counter()
    await asyncio.gather(*(several(range(EXCHANGES // UNDER_WAY)) for _ in range(UNDER_WAY)))
    return (time.perf_counter() - began) / EXCHANGES

"""An example client application: serves VoiceXML, hears what was answered, receives results."""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mirabelle.core.serving import served

VOICEXML = "application/voicexml+xml"


@dataclass(frozen=True, slots=True)
class Received:
    """One request that the platform made: what arrived where, and when (monotonic seconds)."""

    path: str
    fields: Mapping[str, str]
    headers: Mapping[str, str]
    at: float


class ClientApplication:
    """The client's side of a campaign of appointment reminders.

    `start_url` and `result_url` answer the platform's probes too: a probe carries no phone_number.
    """

    def __init__(self) -> None:
        self.received: list[Received] = []
        self._changed = asyncio.Condition()
        self.app = Starlette(
            routes=[
                Route("/start", self._start, methods=["GET", "POST"]),
                Route("/answer", self._answer, methods=["GET"]),
                Route("/result", self._result, methods=["GET", "POST"]),
            ]
        )

    @property
    def results(self) -> dict[int, Mapping[str, str]]:
        """The results so far, by call id; of a result that came twice, the last."""
        return {int(r.fields["call_id"]): r.fields for r in self.received if r.path == "/result"}

    async def result_of(self, call_id: int) -> Mapping[str, str]:
        """Wait for the result of a call."""
        await self.until(lambda: call_id in self.results)
        return self.results[call_id]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds of what was received."""
        async with self._changed:
            await self._changed.wait_for(holds)

    def serving(self, port: int = 0) -> AbstractAsyncContextManager[str]:
        """Serve on loopback until the end of the block; the address. Port 0: any free one."""
        return served(self.app, port)

    async def _start(self, request: Request) -> Response:
        if await self._noted(request):
            return _script("reminder")
        return PlainTextResponse("ready")

    async def _answer(self, request: Request) -> Response:
        await self._noted(request)
        return _script("confirmed" if request.query_params.get("answer") == "1" else "callback")

    async def _result(self, request: Request) -> Response:
        if await self._noted(request):
            return PlainTextResponse("completed")
        return PlainTextResponse("ready")

    async def _noted(self, request: Request) -> bool:
        """Keep the request if it is about a call, and say whether it was."""
        async with request.form() as form:
            fields = {name: str(value) for name, value in form.items()} or dict(request.query_params)
        if fields:
            async with self._changed:
                self.received.append(Received(request.url.path, fields, dict(request.headers), time.monotonic()))
                self._changed.notify_all()
        return bool(fields)


def _script(name: str) -> Response:
    document = files(__package__).joinpath(f"{name}.vxml").read_bytes()
    return Response(document, media_type=VOICEXML)

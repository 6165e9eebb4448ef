"""What calls of a whole platform fetch: real HTTP, loopback telephony, a fast clock."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from mirabelle.core import config, serving
from mirabelle.core.client import Client, Login
from mirabelle.core.platform import Platform
from mirabelle.core.types import Event, EventKind

VOICE = "+16175550101"
LIMIT = 60.0
DOCUMENT = """<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml">
<script src="library.js"/>
<form>
  <block>
    <if cond="false"><script src="unneeded.js"/><script src="useless.js"/></if>
    <goto next="last" fetchtimeout="60s"/>
  </block>
</form>
</vxml>"""
LAST = """<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml">
<form><block><prompt>Bye. <break time="20s"/></prompt></block></form>
</vxml>"""


class Application:
    """A client application: documents, scripts that may be kept, one that may not, and the results.

    The last document is there when both scripts that nobody needs have been asked for.
    """

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.ahead = asyncio.Event()
        self.results: asyncio.Queue[str] = asyncio.Queue()

    async def answer(self, request: web.Request) -> web.Response:
        name = f"{request.method} {request.path}"
        self.asked[name] += 1
        self.ahead.set()
        match request.path:
            case "/start":
                return web.Response(text=DOCUMENT, headers={"Cache-Control": "max-age=600"})
            case "/result" if request.method == "POST":
                self.results.put_nowait(str((await request.post())["result"]))
                return web.Response(text="completed")
            case "/last":
                while not (self.asked["GET /unneeded.js"] and self.asked["GET /useless.js"]):
                    await self.ahead.wait()
                    self.ahead.clear()
                return web.Response(text=LAST)
            case "/useless.js":
                return web.Response(text="1", headers={"Cache-Control": "no-store"})
            case _:
                return web.Response(text="1", headers={"Cache-Control": "max-age=600"})

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self.answer)
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


@asynccontextmanager
async def serving_calls(folder: Path, log: list[Event]) -> AsyncIterator[str]:
    file = folder / "mirabelle.toml"
    file.write_text('time_scale = 20\ndata = "data"\n[fetching.egress]\nallow_private = true\n')
    configuration = config.load(file, options={("server", "port"): 0, ("dispatcher", "lease"): 3000.0})
    platform = Platform(configuration, log.append, development=True)
    over, announced = asyncio.Event(), asyncio.Event()
    with serving.listen(configuration.settings.server) as bound:
        async with platform.opened(), platform.working():
            server = asyncio.create_task(serving.serve(platform.app(), bound, announced.set, over.wait()))
            await announced.wait()
            try:
                yield serving.url_of(bound)
            finally:
                over.set()
                await server


async def test_calls_share_what_may_be_kept_and_fetch_ahead_what_they_may_need(tmp_path: Path) -> None:
    application, log = Application(), list[Event]()
    async with (
        application.serving() as there,
        serving_calls(tmp_path, log) as url,
        Client(url, Login("dev", "0000")) as client,
    ):
        for _ in range(3):
            await client.queue_call(VOICE, f"{there}/start", result_url=f"{there}/result")
            assert await asyncio.wait_for(application.results.get(), LIMIT) == "Completed"
    fetched = [event.data for event in log if event.kind is EventKind.FETCH]
    assert [data.get("cached", False) for data in fetched if data["purpose"] == "script"] == [False, True, True]
    assert {data["purpose"] for data in fetched} == {"document", "script"}
    assert application.asked["GET /library.js"] == 1
    assert application.asked["GET /unneeded.js"] == 1
    assert application.asked["GET /useless.js"] == 1
    # Contract, section 6: start_url is asked for each call.
    assert application.asked["POST /start"] == 3

"""The platform as a whole, in this process: real HTTP both ways, loopback telephony, a fast clock."""

import asyncio
import io
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from mirabelle.core import config, serving
from mirabelle.core.authentication import create_account
from mirabelle.core.client import CallRefused, Client, Login, QueuedCall
from mirabelle.core.components import CannotStart
from mirabelle.core.config import LogFormat, LogLevel, LogOptions
from mirabelle.core.demonstration.application import ClientApplication
from mirabelle.core.logs import logging_to
from mirabelle.core.observing import Emit, LogSink
from mirabelle.core.platform import Platform
from mirabelle.core.types import Account, CallState, Event, EventKind

DOCS = Path(__file__).parent.parent.parent / "docs"
VOICE, BUSY = "+16175550101", "+16175550104"
LIMIT = 60.0
PLUGIN = """
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from mirabelle import hookimpl

told = []


class Stamp:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def stamped(message):
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-stamp", b"here"))
            await send(message)

        await self.app(scope, receive, stamped)


@hookimpl
def startup(platform):
    async def start():
        told.append(f"started on {sum((await platform.components.queue.counts()).values())} calls")

    return start()


@hookimpl
def shutdown(platform):
    async def stop():
        told.append(f"stopped on {sum((await platform.components.queue.counts()).values())} calls")

    return stop()


@hookimpl
def register_routes(platform):
    async def hello(request):
        return PlainTextResponse(f"{len(platform.components.telephony)} telephony")

    return [Route("/hello", hello)]


@hookimpl
def register_middleware(platform):
    return [Middleware(Stamp)]


@hookimpl
def prepare_request(request, call):
    return {"X-Account": call.request.account if call else "none"}


@hookimpl
def session_variables(call):
    return {"outbound": {"colour": "red"}}


@hookimpl
def check_call_request(request, account):
    return ["not on Sundays"] if request.message_reference == "sunday" else []


@hookimpl
def observe(event):
    told.append(str(event.kind))
"""


class Heard:
    """All events so far."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._changed = asyncio.Event()

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        self._changed.set()

    async def until(self, kind: EventKind) -> None:
        """Wait for the first event of that kind."""
        while all(event.kind is not kind for event in self.events):
            self._changed.clear()
            await asyncio.wait_for(self._changed.wait(), LIMIT)


@dataclass
class Running:
    """A platform at work, its address, a client application, and what was told."""

    platform: Platform
    url: str
    client: ClientApplication
    application: str
    heard: Heard

    @property
    def events(self) -> list[Event]:
        return self.heard.events

    async def queue(self, number: str, **fields: str | int) -> QueuedCall:
        async with Client(self.url, Login("dev", "0000")) as client:
            where = {"result_url": f"{self.application}/result"}
            return await client.queue_call(number, f"{self.application}/start", **(where | fields))

    async def result(self, call_id: int) -> Mapping[str, str]:
        return await asyncio.wait_for(self.client.result_of(call_id), LIMIT)


def configured(folder: Path, text: str = "") -> config.Configuration:
    file = folder / "mirabelle.toml"
    file.write_text(f'time_scale = 100\ndata = "data"\n{text}\n[fetching.egress]\nallow_private = true\n')
    # Python computes in real time: leases as long as in life, or a busy machine would lose them.
    return config.load(file, options={("server", "port"): 0, ("dispatcher", "lease"): 3000.0})


@asynccontextmanager
async def running(folder: Path, text: str = "", log: Emit | None = None) -> AsyncIterator[Running]:
    configuration = configured(folder, text)
    heard = Heard()
    platform = Platform(configuration, log or heard, development=True)
    client, over, announced = ClientApplication(), asyncio.Event(), asyncio.Event()
    with serving.listen(configuration.settings.server) as bound:
        async with client.serving() as application, platform.opened(), platform.working():
            server = asyncio.create_task(serving.serve(platform.app(), bound, announced.set, over.wait()))
            await announced.wait()
            try:
                yield Running(platform, serving.url_of(bound), client, application, heard)
            finally:
                over.set()
                await server


async def test_a_call_goes_all_the_way_to_its_result(tmp_path: Path) -> None:
    async with running(tmp_path) as there:
        queued = await there.queue(VOICE, message_reference="ref", call_parameters="p=1")
        result = await there.result(queued.call_id)
    assert (result["result"], result["callee_type"], result["attempts"]) == ("Completed", "voice", "1")
    assert (result["phone_number"], result["message_reference"]) == (VOICE, "ref")
    start = next(each for each in there.client.received if each.path == "/start")
    assert start.fields["call_parameters"] == "p=1"


async def test_what_happens_is_in_the_journal_and_every_event_is_documented(tmp_path: Path) -> None:
    async with running(tmp_path) as there:
        calls = [await there.queue(number) for number in (VOICE, BUSY)]
        for call in calls:
            await there.result(call.call_id)
    journalled = await journal_of(tmp_path, calls[0].call_id)
    assert journalled[0].kind is EventKind.QUEUED
    assert {EventKind.ANSWERED, EventKind.PROMPT, EventKind.FINISHED} <= {event.kind for event in journalled}
    for event in there.events:
        assert set(event.data) <= documented(event.kind), event


def documented(kind: EventKind) -> set[str]:
    (row,) = re.findall(rf"^\| `{kind}` \| .* \| (.*)\|$", (DOCS / "events.md").read_text("utf-8"), re.MULTILINE)
    return set(re.findall(r"`(\w+)`", row))


async def journal_of(folder: Path, call_id: int) -> list[Event]:
    platform = Platform(configured(folder), lambda event: None)
    async with platform.store_opened():
        return await platform.components.journal.read(call_id)


async def test_what_is_running_ends_when_the_platform_stops(tmp_path: Path) -> None:
    async with running(tmp_path) as there:
        queued = await there.queue(VOICE)
        await asyncio.wait_for(there.client.until(lambda: bool(there.client.received)), LIMIT)
    result = there.client.results[queued.call_id]
    assert (result["result"], result["callee_type"]) == ("Completed", "voice")
    assert there.events[-1].kind is EventKind.DELIVERED


async def test_a_call_that_was_queued_before_the_start_is_dialled_after_it(tmp_path: Path) -> None:
    async with running(tmp_path, "[dispatcher]\nchannels = 0") as there:
        queued = await there.queue(VOICE)
    assert (await state_of(tmp_path, queued.call_id)) is CallState.QUEUED
    async with running(tmp_path) as there:
        # The client application of the first run is gone; that is no reason not to dial.
        await there.heard.until(EventKind.FINISHED)
    assert (await state_of(tmp_path, queued.call_id)) is CallState.FINISHED


async def state_of(folder: Path, call_id: int) -> CallState:
    platform = Platform(configured(folder), lambda event: None)
    async with platform.store_opened():
        return (await platform.components.queue.call(call_id)).state


async def test_hooks_of_a_plugin_are_called(tmp_path: Path) -> None:
    (tmp_path / "nosy.py").write_text(PLUGIN)
    async with running(tmp_path, '[plugins]\nload = ["nosy.py"]') as there:
        plugin: Any = there.platform.registry.manager.get_plugin("nosy")
        async with aiohttp.ClientSession() as session, session.get(f"{there.url}/hello") as response:
            assert (await response.text(), response.headers["x-stamp"]) == ("1 telephony", "here")
        with pytest.raises(CallRefused, match="not on Sundays"):
            await there.queue(VOICE, message_reference="sunday")
        queued = await there.queue(VOICE)
        await there.result(queued.call_id)
    assert plugin.told[0] == "started on 0 calls"
    assert plugin.told[-1] == "stopped on 1 calls"
    assert {"queued", "answered", "finished", "delivered"} <= set(plugin.told)
    headers = {each.path: each.headers["x-account"] for each in there.client.received}
    assert headers["/start"] == "dev"


async def test_a_startup_that_fails_closes_everything(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text(
        "from mirabelle import hookimpl\n\n\n@hookimpl\ndef startup(platform):\n    raise OSError('no licence')\n"
    )
    configuration = configured(tmp_path, '[plugins]\nload = ["broken.py"]')
    platform = Platform(configuration, lambda event: None)
    with pytest.raises(CannotStart, match="a plugin's startup failed: OSError: no licence"):
        async with platform.opened(), platform.working():
            pytest.fail("must not get here")
    # The file is free: it can be opened by somebody else.
    assert await journal_of(tmp_path, 1) == []


async def test_a_shutdown_that_fails_is_told_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text(
        "from mirabelle import hookimpl\n\n\n@hookimpl\ndef shutdown(platform):\n    raise OSError('no')\n"
    )
    async with running(tmp_path, '[plugins]\nload = ["broken.py"]') as there:
        pass
    assert [event.data.get("problem") for event in there.events] == ["a plugin's shutdown failed"]


async def test_no_secret_reaches_log_journal_or_any_file(tmp_path: Path) -> None:
    stream = io.StringIO()
    pin, wrong = "s3cretpin", "wr0ngpin"
    with logging_to(LogOptions(LogFormat.JSON, LogLevel.DEBUG), stream) as logger:
        async with running(tmp_path, log=LogSink(logger)) as there:
            parts = there.platform.components
            issued = await create_account(parts.directory, there.platform.pins, Account("acme"), pin)
            for tried in (wrong, pin):
                where = f"{there.application}/start?pin={tried}"
                async with Client(there.url, Login("acme", tried)) as client:
                    with suppress(CallRefused):
                        queued = await client.queue_call(VOICE, where, result_url=f"{there.application}/result")
            await there.result(queued.call_id)
            journalled = repr(await parts.journal.read(queued.call_id))
    delivery = next(each for each in there.client.received if each.path == "/result")
    assert "webhook-signature" in delivery.headers
    written = stream.getvalue() + journalled
    assert '"event": "finished"' in written
    for secret in (pin, wrong, issued.webhook_secret, issued.webhook_secret.removeprefix("whsec_")):
        assert secret not in written
    stored = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert wrong.encode() not in stored
    # The one place is the URL that the client itself put the PIN into, which has to be kept to be fetched.
    assert stored.count(pin.encode()) == stored.count(f"start?pin={pin}".encode())


async def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    platform = Platform(configured(tmp_path), lambda event: None)
    with pytest.raises(CannotStart, match=r"data: .* cannot be used: FileExistsError.*; give another --data"):
        async with platform.opened():
            pytest.fail("must not get here")


async def test_the_data_folder_is_for_nobody_else_s_eyes(tmp_path: Path) -> None:
    platform = Platform(configured(tmp_path), lambda event: None)
    async with platform.opened():
        assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


async def test_the_developer_is_unknown_without_development(tmp_path: Path) -> None:
    await developed(tmp_path, development=True)
    with pytest.raises(CallRefused, match="wrong login or PIN"):
        await developed(tmp_path, development=False)


async def developed(folder: Path, development: bool) -> None:
    configuration = configured(folder)
    platform = Platform(configuration, lambda event: None, development=development)
    over, announced = asyncio.Event(), asyncio.Event()
    with serving.listen(configuration.settings.server) as bound:
        async with ClientApplication().serving() as application, platform.opened():
            server = asyncio.create_task(serving.serve(platform.app(), bound, announced.set, over.wait()))
            await announced.wait()
            try:
                async with Client(serving.url_of(bound), Login("dev", "0000")) as client:
                    await client.queue_call(VOICE, f"{application}/start")
            finally:
                over.set()
                await server

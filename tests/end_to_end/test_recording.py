"""A message that a callee leaves reaches the client application as a file, and stays nowhere else."""

import asyncio
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mirabelle.core import config
from mirabelle.core.client import Client, Login
from mirabelle.core.demonstration.application import VOICEXML, ClientApplication
from mirabelle.core.platform import Platform
from mirabelle.core.serving import served
from mirabelle.core.simulation import timing
from mirabelle.core.types import Event, EventKind

pytestmark = pytest.mark.full

PATIENCE = 60.0

RULES = """
[[rule]]
hears = "message"
says = "These are the words of a message that is long enough to be told from silence."
"""
DOCUMENT = """<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form>
<record name="message" type="audio/x-wav" finalsilence="2s"><prompt bargein="false">Leave a message.</prompt></record>
<block><var name="length" expr="message$.duration"/>
<submit next="save" method="post" enctype="multipart/form-data" namelist="message length"/></block>
</form></vxml>"""
DONE = """<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form>
<transfer name="agent" bridge="true" dest="tel:+16175550104"/>
<block><exit namelist="agent"/></block>
</form></vxml>"""


class Mailbox:
    """The client application: what it was sent, and what was on the platform's disk at that moment."""

    def __init__(self, data: Path) -> None:
        self.client = ClientApplication()
        self.files: list[tuple[str, str | None, bytes]] = []
        self.lengths: list[str] = []
        self.on_disk: list[int] = []
        self.app = Starlette(routes=[*self.client.app.routes[2:], *self._routes()])
        self._data = data

    def _routes(self) -> list[Route]:
        return [Route("/go", self._start, methods=["GET", "POST"]), Route("/save", self._save, methods=["POST"])]

    async def _start(self, request: Request) -> Response:
        return PlainTextResponse("ready") if request.method == "GET" else Response(DOCUMENT, media_type=VOICEXML)

    async def _save(self, request: Request) -> Response:
        async with request.form() as form:
            message = form["message"]
            assert isinstance(message, UploadFile)
            self.files.append((message.filename or "", message.content_type, await message.read()))
            self.lengths.append(str(form["length"]))
        self.on_disk.append(len(recordings(self._data)))
        return Response(DONE, media_type=VOICEXML)


def recordings(data: Path) -> list[Path]:
    return [path for path in (data / "recordings").rglob("*") if path.is_file() and path.suffix != ".lock"]


async def test_a_recorded_message_is_submitted_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "message.toml").write_text(RULES)
    options = {
        ("data",): tmp_path,
        ("time_scale",): 50.0,
        ("dispatcher", "lease"): 3000.0,
        ("fetching", "egress", "allow_private"): True,
        ("telephony", "loopback", "rules"): str(tmp_path),
    }
    events: list[Event] = []
    platform = Platform(config.load(options=options), events.append, development=True)
    mailbox = Mailbox(tmp_path)
    async with (
        served(mailbox.app) as application,
        platform.opened(),
        platform.working(),
        served(platform.app()) as url,
        Client(url, Login("dev", "0000")) as queue,
    ):
        queued = await queue.queue_call(
            "loopback:voice?rules=message.toml", f"{application}/go", result_url=f"{application}/result"
        )
        result = await asyncio.wait_for(mailbox.client.result_of(queued.call_id), PATIENCE)
    assert result["result"] == "Completed"
    ((name, media_type, sound),) = mailbox.files
    assert (name, media_type) == ("message.wav", "audio/x-wav")
    assert timing.of_wav(sound) == pytest.approx(float(mailbox.lengths[0]) / 1000, abs=0.001)
    assert timing.of_wav(sound) == pytest.approx(77 * 0.06, abs=0.5)
    told = {kind: [event.data for event in events if event.kind is kind] for kind in EventKind}
    assert told[EventKind.RECORD][0]["size"] == len(sound)
    assert told[EventKind.TRANSFER][0]["outcome"] == "busy"
    assert told[EventKind.EXIT][0]["values"] == {"agent": "busy"}
    assert mailbox.on_disk == [1], "it is on the disk as long as the call lasts"
    assert recordings(tmp_path) == []

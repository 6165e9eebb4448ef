"""What start_url may answer: the call ends in order, the reason is told, the result is posted, the server lives on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from mirabelle.core import config
from mirabelle.core.client import Client, Login
from mirabelle.core.demonstration.application import VOICEXML, ClientApplication
from mirabelle.core.platform import Platform
from mirabelle.core.serving import served
from mirabelle.core.types import Event, EventKind

pytestmark = pytest.mark.full

PATIENCE = 60.0
VOICE = "+16175550101"
# Scripts compute in real time: the leases of a clock that runs fast must be as much longer.
OPTIONS = {("time_scale",): 100.0, ("dispatcher", "lease"): 3000.0, ("fetching", "egress", "allow_private"): True}
GOOD = "<form><block><exit/></block></form>"
SCRIPTS = {
    "endless": ("<form><block><script>while (true) {}</script></block></form>", "error.semantic"),
    "endless-finally": (
        "<form><block><script>for (;;) { try { while (1) {} } finally { continue } }</script></block></form>",
        "error.semantic",
    ),
    "throws": ("<form><block><script>throw new TypeError('mine')</script></block></form>", "error.semantic"),
    "deep": (f"<form><block><var name='x' expr=\"{'(' * 5000}1{')' * 5000}\"/></block></form>", "error.semantic"),
    "bomb": ("<form><block><script>var s = 'x'; while (1) s += s;</script></block></form>", "error.semantic"),
    "catch-loop": (
        "<catch event='.'><throw event='again'/></catch><form><block><throw event='again'/></block></form>",
        "error.semantic",
    ),
    "goto-loop": ("<form id='a'><block><goto next='#a'/></block></form>", "error.semantic"),
    "unknown-element": ("<form><block><fly/></block></form>", "error.badfetch"),
    "builtin": ("<form><field type='x-nothing'/></form>", "error.unsupported.builtin"),
}
ANSWERS = {
    "404": "error.badfetch.http.404",
    "html": "error.badfetch",
    "broken": "error.badfetch",
    "empty": "error.badfetch",
    "cut-off": "error.badfetch",
    "too-large": "error.badfetch",
}


def document(body: str) -> Response:
    text = f'<?xml version="1.0"?><vxml version="2.0" xmlns="http://www.w3.org/2001/vxml">{body}</vxml>'
    return Response(text, media_type=VOICEXML)


async def half() -> AsyncIterator[bytes]:
    yield b"<?xml"
    raise ConnectionAbortedError("a test's server goes away")


def answer(kind: str) -> Response:
    match kind:
        case "404":
            return PlainTextResponse("not here", 404)
        case "html":
            return Response("<!doctype html><html><body><p>Hello<br></body></html>", media_type="text/html")
        case "broken":
            return Response("<vxml version='2.0'><form>", media_type=VOICEXML)
        case "empty":
            return Response(b"", media_type=VOICEXML)
        case "too-large":
            return document(GOOD + f"<!--{'x' * 10_000_000}-->")
        case "cut-off":
            return StreamingResponse(half(), media_type=VOICEXML, headers={"content-length": "100"})
        case _:
            return document(SCRIPTS[kind][0] if kind in SCRIPTS else GOOD)


async def start(request: Request) -> Response:
    """Probes are answered well; what calls get is up to the path."""
    return PlainTextResponse("ready") if request.method == "GET" else answer(request.path_params["kind"])


async def test_whatever_start_url_answers_the_call_ends_in_order(tmp_path: Path) -> None:
    events: list[Event] = []
    platform = Platform(config.load(options={("data",): tmp_path, **OPTIONS}), events.append, development=True)
    client = ClientApplication()
    scripts = Starlette(routes=[Route("/{kind}", start, methods=["GET", "POST"])])
    async with (
        client.serving() as results,
        served(scripts) as address,
        platform.opened(),
        platform.working(),
        served(platform.app()) as url,
        Client(url, Login("dev", "0000")) as queue,
    ):
        calls = {}
        for kind in [*SCRIPTS, *ANSWERS, "good"]:
            queued = await queue.queue_call(VOICE, f"{address}/{kind}", result_url=f"{results}/result")
            calls[queued.call_id] = kind
        posted = await asyncio.wait_for(asyncio.gather(*map(client.result_of, calls)), PATIENCE)
    assert {each["result"] for each in posted} == {"Completed"}
    ended = {calls[event.call_id]: event.data for event in events if event.kind is EventKind.EXIT and event.call_id}
    expected = {**{kind: error for kind, (_, error) in SCRIPTS.items()}, **ANSWERS}
    assert {kind: str(ended[kind]["error"]).partition(": ")[0] for kind in expected} == expected
    assert ended["good"]["reason"] == "exit"
    problems = [event for event in events if event.kind is EventKind.PLATFORM]
    assert problems == []

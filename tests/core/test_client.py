from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from mirabelle.core.client import (
    CallRefused,
    Client,
    Login,
    QueuedCall,
    ServerUnreachable,
    UnexpectedAnswer,
    parse_answer,
)

QUEUED = b"""<?xml version="1.0"?>
<queuecall status="queued" call_id="112850593">
    <login>user</login>
    <pin>********</pin>
</queuecall>"""
FAILED = b"""<?xml version="1.0"?>
<queuecall status="failed">
    <error code="bad_field" temporary="false">phone_number 'abc' is not a dialable number</error>
</queuecall>"""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def served(handler: Handler) -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_post("/webservice/queuecall.php", handler)
    server = TestServer(application)
    async with server:
        yield str(server.make_url("/"))


def answering(body: bytes, status: int = 200) -> Handler:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(body=body, status=status)

    return handler


async def test_a_call_is_queued_with_its_fields() -> None:
    seen: dict[str, str] = {}

    async def handler(request: web.Request) -> web.Response:
        seen.update({name: str(value) for name, value in (await request.post()).items()})
        return web.Response(body=QUEUED)

    async with served(handler) as url, Client(url, Login("user", "0000")) as client:
        answer = await client.queue_call("+16175551212", "http://app/start", max_retries=2, message_reference="ü")
    assert answer == QueuedCall(112850593, {"login": "user", "pin": "********"})
    assert seen == {
        "login": "user",
        "pin": "0000",
        "phone_number": "+16175551212",
        "start_url": "http://app/start",
        "max_retries": "2",
        "message_reference": "ü",
    }


@pytest.mark.parametrize("status", [200, 429])
async def test_a_refusal_has_code_and_message(status: int) -> None:
    async with served(answering(FAILED, status)) as url, Client(url, Login("user", "0000")) as client:
        with pytest.raises(CallRefused, match="'abc' is not a dialable number") as caught:
            await client.queue_call("abc", "http://app/start")
    assert (caught.value.code, caught.value.temporary) == ("bad_field", False)


async def test_what_is_no_mirabelle_is_said() -> None:
    async with served(answering(b"<html>", 404)) as url, Client(url, Login("user", "0000")) as client:
        with pytest.raises(UnexpectedAnswer, match="answered 404"):
            await client.queue_call("1", "http://app/start")


async def test_a_server_that_is_not_there_is_said() -> None:
    async with served(answering(QUEUED)) as url:
        pass
    async with Client(url, Login("user", "0000")) as client:
        with pytest.raises(ServerUnreachable, match="is the server running"):
            await client.queue_call("1", "http://app/start")


async def test_what_is_no_url_is_said() -> None:
    async with Client("nonsense", Login("user", "0000")) as client:
        with pytest.raises(ServerUnreachable, match="is not a URL"):
            await client.queue_call("1", "http://app/start")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "did not answer with XML"),
        (b"hello", "did not answer with XML"),
        (b"<other/>", "answered with <other>"),
        (b'<queuecall status="queued"/>', "neither queued"),
        (b'<queuecall status="queued" call_id="x"/>', "neither queued"),
    ],
)
def test_answers_that_are_none(body: bytes, says: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=says):
        parse_answer(body, "http://x")


def test_the_pin_is_not_shown() -> None:
    assert "S3CRET" not in repr(Login("user", "S3CRET"))

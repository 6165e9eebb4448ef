"""Asks an ASGI application without a network: for tests of routes, also those of plugins."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message

Ending = Literal["complete", "stalls", "leaves"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the application answered. Header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode()


async def ask(
    app: ASGIApp,
    method: str,
    path: str,
    body: bytes | Iterable[bytes] = b"",
    headers: Mapping[str, str] | None = None,
    *,
    address: str = "192.0.2.1",
    ending: Ending = "complete",
) -> Reply | None:
    """Send one request; the body in one piece, or in several that are taken as the application asks for them.

    After the body the request is complete, or it stalls (more is promised and never comes), or the client leaves. None:
    the application gave no answer, as it may when the client has left.
    """
    incoming = _incoming(body, ending)
    sent: list[Message] = []

    async def receive() -> Message:
        message = next(incoming, None)
        return message or await asyncio.get_running_loop().create_future()

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope(method, path, headers or {}, address), receive, send)
    return _reply(sent)


async def post_form(
    app: ASGIApp, path: str, form: Mapping[str, str] | Iterable[tuple[str, str]], **named: Any
) -> Reply:
    """Post a form as a browser would, and insist on an answer. `named` are further arguments of `ask`."""
    pairs = list(form.items()) if isinstance(form, Mapping) else list(form)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    reply = await ask(app, "POST", path, urlencode(pairs).encode(), headers, **named)
    assert reply is not None
    return reply


def _scope(method: str, path: str, headers: Mapping[str, str], address: str) -> dict[str, Any]:
    plain, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": plain,
        "raw_path": plain.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        "client": (address, 50000),
        "server": ("testserver", 80),
    }


def _incoming(body: bytes | Iterable[bytes], ending: Ending) -> Iterator[Message]:
    for piece in [body] if isinstance(body, bytes) else body:
        yield {"type": "http.request", "body": piece, "more_body": True}
    if ending == "complete":
        yield {"type": "http.request", "body": b"", "more_body": False}
    elif ending == "leaves":
        yield {"type": "http.disconnect"}


def _reply(sent: list[Message]) -> Reply | None:
    if not sent:
        return None
    start = sent[0]
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in start["headers"]}
    return Reply(start["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))

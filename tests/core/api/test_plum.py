"""queuecall.php as HTTP: addresses, methods, bodies, limits, faults."""

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from mirabelle.core.api.app import create_app
from mirabelle.core.api.rate_limits import RateOptions
from mirabelle.core.api.services import ApiOptions
from mirabelle.core.authentication import TooManyChecks
from mirabelle.core.testing.http import Reply, ask, post_form

PATHS = ["/webservice/queuecall.php", "/outbound/webservice/queuecall.php", "/queuecall.php"]
BOUNDARY = "multipart/form-data; boundary=frontier"


def multipart(fields: dict[str, str], file: str | None = None) -> bytes:
    parts = []
    for name, value in fields.items():
        filename = '; filename="x.txt"\r\nContent-Type: text/plain' if name == file else ""
        parts.append(f'--frontier\r\nContent-Disposition: form-data; name="{name}"{filename}\r\n\r\n{value}\r\n')
    return ("".join(parts) + "--frontier--\r\n").encode()


async def post(api: Any, body: bytes, content_type: str | None, **named: Any) -> Reply:
    headers = {} if content_type is None else {"content-type": content_type}
    reply = await ask(api.app, "POST", "/queuecall.php", body, headers, **named)
    assert reply is not None
    return reply


def error_of(reply: Reply) -> tuple[str | None, str | None, str | None]:
    error = etree.fromstring(reply.body).find("error")
    assert error is not None
    return error.get("code"), error.get("temporary"), error.text


@pytest.mark.parametrize("path", PATHS)
async def test_the_three_addresses(path: str, api: Any, form: dict[str, str]) -> None:
    reply = await post_form(api.app, path, form)
    assert reply.status == 200
    assert b'status="queued"' in reply.body


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_other_methods(method: str, path: str, api: Any) -> None:
    reply = await ask(api.app, method, path)
    assert reply is not None
    assert (reply.status, reply.headers["allow"]) == (405, "POST")
    assert error_of(reply)[0] == "bad_field"


async def test_other_addresses(api: Any, form: dict[str, str]) -> None:
    for path in ("/", "/queuecall.php/", "/queuecall.php/x", "/QUEUECALL.PHP", "//queuecall.php"):
        assert (await post_form(api.app, path, form)).status == 404


async def test_multipart(api: Any, form: dict[str, str]) -> None:
    reply = await post(api, multipart(form | {"message_reference": "a\r\nb é"}), BOUNDARY)
    document = etree.fromstring(reply.body)
    assert document.get("status") == "queued"
    assert document.findtext("message_reference") == "a\r\nb é"


async def test_a_known_field_as_a_file(api: Any, form: dict[str, str]) -> None:
    reply = await post(api, multipart(form | {"message_reference": "x"}, file="message_reference"), BOUNDARY)
    assert error_of(reply) == ("bad_field", "false", "message_reference was sent as a file")
    reply = await post(api, multipart(form | {"upload": "x"}, file="upload"), BOUNDARY)
    assert b'status="queued"' in reply.body


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("application/x-www-form-urlencoded; charset=ISO-8859-1", b"message_reference=caf%E9", "café"),
        ("application/x-www-form-urlencoded; charset=windows-1252", b"message_reference=%80", "€"),
        ("application/x-www-form-urlencoded", b"message_reference=caf%C3%A9", "café"),
        ("application/x-www-form-urlencoded", "message_reference=café".encode(), "café"),
        ("application/x-www-form-urlencoded", b"&&message_reference=a+b%2Bc%zz=d&", "a b+c%zz=d"),
        (None, b"message_reference=none", "none"),
    ],
)
async def test_encodings(content_type: str | None, body: bytes, text: str, api: Any, form: dict[str, str]) -> None:
    rest = "&".join(f"{name}={value}" for name, value in form.items()).encode()
    reply = await post(api, body + b"&" + rest, content_type)
    document = etree.fromstring(reply.body)
    assert document.get("status") == "queued"
    assert document.findtext("message_reference") == text


async def test_the_charset_of_a_part(api: Any, form: dict[str, str]) -> None:
    part = (
        b'--frontier\r\ncontent-disposition: form-data; name="message_reference"\r\n'
        b"content-type: text/plain; charset=iso-8859-1\r\n\r\ncaf\xe9\r\n"
    )
    reply = await post(api, part + multipart(form), BOUNDARY)
    assert etree.fromstring(reply.body).findtext("message_reference") == "café"


URLENCODED = "application/x-www-form-urlencoded"
UNFINISHED = b"--frontier\r\nContent-Disposition: form-data; name=a\r\n\r\nb"
TOO_MANY = multipart({f"f{number}": "" for number in range(1001)})
NO_UTF_7 = "login is missing; pin is in the encoding 'utf-7', which is not supported: send UTF-8"
NOT_FORMS = [
    ("application/json", b"{}", f"the body must be {URLENCODED} or multipart/form-data, not application/json"),
    ("multipart/form-data", b"x", "the Content-Type multipart/form-data has no boundary"),
    (BOUNDARY, UNFINISHED, "the multipart/form-data body ends before its last boundary"),
    (BOUNDARY, b"", "the multipart/form-data body ends before its last boundary"),
    (BOUNDARY, TOO_MANY, "the body has more than 1000 fields"),
    (URLENCODED, b"a&" * 1001, "the body has more than 1000 fields"),
    (f"{URLENCODED}; charset=utf-7", b"pin=a", NO_UTF_7),
    ("", b"", "login is missing; pin is missing"),
]


@pytest.mark.parametrize(("content_type", "body", "message"), NOT_FORMS)
async def test_bodies_that_are_no_form(content_type: str, body: bytes, message: str, api: Any) -> None:
    reply = await post(api, body, content_type)
    assert reply.status == 200
    assert error_of(reply)[2] == message


async def test_broken_multipart_says_where(api: Any) -> None:
    reply = await post(api, b"no boundary here", BOUNDARY)
    code, _, message = error_of(reply)
    assert code == "bad_field"
    assert message is not None
    assert message.startswith("the body is not valid multipart/form-data: ")


async def test_a_body_of_the_limit_and_larger(api: Any, form: dict[str, str]) -> None:
    api.configure(ApiOptions(max_body=2000))
    body = "&".join(f"{name}={value}" for name, value in form.items()).encode() + b"&x="
    assert (await post(api, body.ljust(2000, b"y"), None)).status == 200
    for headers in ({}, {"content-length": "2001"}, {"content-length": "9" * 5000}):
        reply = await ask(api.app, "POST", "/queuecall.php", body.ljust(2001, b"y"), headers)
        assert reply is not None
        assert reply.status == 413
        assert error_of(reply) == ("bad_field", "false", "the body is larger than 2000 bytes")


async def test_a_gigantic_body_is_not_read(api: Any) -> None:
    read: list[int] = []

    def pieces() -> Iterator[bytes]:
        while True:
            read.append(65536)
            yield b"x" * 65536

    headers = {"content-type": BOUNDARY}
    for declared, most in (({}, ApiOptions().max_body + 65536), ({"content-length": "99999999"}, 0)):
        read.clear()
        reply = await ask(api.app, "POST", "/queuecall.php", pieces(), headers | declared)
        assert reply is not None
        assert reply.status == 413
        assert sum(read) <= most


async def test_a_body_that_does_not_arrive(api: Any) -> None:
    api.configure(ApiOptions(body_timeout=0.01))
    reply = await post(api, b"login=ann&", None, ending="stalls")
    assert reply.status == 200
    assert error_of(reply) == ("bad_field", "true", "the body did not arrive within 0.01 s")


async def test_a_client_that_goes_away(api: Any) -> None:
    assert await ask(api.app, "POST", "/queuecall.php", b"login=ann&", ending="leaves") is None


async def test_an_address_that_asks_too_often(api: Any, form: dict[str, str]) -> None:
    api.configure(ApiOptions(address_rate=RateOptions(rate=0.5, burst=2)))
    for _ in range(2):
        assert (await api.post(form)).status == 200
    reply = await api.post(form)
    assert (reply.status, reply.headers["retry-after"]) == (429, "2")
    assert error_of(reply) == ("rate_limited", "true", "too many requests; try again in 2 s")
    assert (await api.post(form, address="192.0.2.2")).status == 200
    api.clock.advance(2)
    assert (await api.post(form)).status == 200


async def test_an_account_that_asks_too_often(api: Any, form: dict[str, str]) -> None:
    api.configure(ApiOptions(account_rate=RateOptions(rate=0.1, burst=1)))
    assert (await api.post(form)).status == 200
    reply = await api.post(form, address="192.0.2.2")
    assert (reply.status, reply.headers["retry-after"]) == (429, "10")
    assert reply.headers["content-type"] == "text/xml; charset=utf-8"
    assert etree.fromstring(reply.body).findtext("login") == "ann"
    assert error_of(await api.post(form | {"pin": "wrong"}))[0] == "bad_login"


async def test_ten_bad_pins_lock_the_login(api: Any, form: dict[str, str]) -> None:
    for number in range(10):
        reply = await api.post(form | {"pin": f"guess{number}"})
        assert error_of(reply) == ("bad_login", "false", "wrong login or PIN")
    locked = ("bad_login", "true", "too many wrong PINs for this login; try again in a minute")
    assert error_of(await api.post(form)) == locked
    api.clock.advance(60)
    assert b'status="queued"' in (await api.post(form)).body


async def test_more_logins_than_can_be_checked(api: Any, form: dict[str, str]) -> None:
    async def check(login: str, pin: str, pin_hash: str | None) -> bool:
        raise TooManyChecks

    api.pins.check = check
    reply = await api.post(form)
    assert (reply.status, reply.headers["retry-after"]) == (429, "1")
    assert error_of(reply)[:2] == ("rate_limited", "true")


async def test_a_fault_of_ours(api: Any, form: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    api.planned = RuntimeError(f"the pin {form['pin']} and a secret of the house")
    with caplog.at_level(logging.ERROR):
        reply = await api.post(form)
    assert reply.status == 200
    code, temporary, message = error_of(reply)
    assert (code, temporary) == ("internal", "true")
    (record,) = caplog.records
    assert message == f"internal error; the operator finds it in the log as {record.__dict__['reference']}"
    assert "a secret of the house" in record.__dict__["exception"]
    assert form["pin"] not in str(record.__dict__) + reply.text
    assert "<phone_number>6175551212</phone_number>" in reply.text


async def test_routes_and_middleware_of_others(api: Any, form: dict[str, str]) -> None:
    async def hello(request: Request) -> PlainTextResponse:
        return PlainTextResponse("hello")

    class Shout:
        def __init__(self, app: Any) -> None:
            self.app = app

        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            async def louder(message: Any) -> None:
                if message["type"] == "http.response.start":
                    message["headers"].append((b"x-shout", b"yes"))
                await send(message)

            await self.app(scope, receive, louder)

    routes = [Route("/hello", hello), Route("/queuecall.php", hello, methods=["POST"])]
    app = create_app(api.services, routes=routes, middleware=[Middleware(Shout)])
    reply = await ask(app, "GET", "/hello")
    assert reply is not None
    assert (reply.body, reply.headers["x-shout"]) == (b"hello", "yes")
    assert b"<queuecall" in (await post_form(app, "/queuecall.php", form)).body


@pytest.mark.parametrize("options", [{"max_body": 100}, {"body_timeout": 0}, {"remember_keys": 0}])
def test_nonsense_options_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(options))} must be"):
        ApiOptions(**options)  # type: ignore[arg-type]


async def test_many_requests_at_once(api: Any, form: dict[str, str]) -> None:
    replies = await asyncio.gather(*(api.post(form) for _ in range(100)))
    assert len({reply.body for reply in replies}) == 100
    assert await api.count() == 100
    assert len(api.fetcher.sent) == 1

"""queuecall.php over HTTP: bodies within limits, HTTP 200 but for a few refusals, and an answer that always parses."""

import asyncio
import logging
import math
import secrets
import traceback

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mirabelle.core.api import answers
from mirabelle.core.api.answers import MASKED_PIN, ErrorCode, Refused
from mirabelle.core.api.fields import Fields
from mirabelle.core.api.form import BadForm, Sent, parse_form
from mirabelle.core.api.queueing import Queueing, refuse_when_empty
from mirabelle.core.api.rate_limits import RateLimit, address_key
from mirabelle.core.api.services import ApiOptions, ApiServices

QUEUECALL_PATHS = ("/webservice/queuecall.php", "/outbound/webservice/queuecall.php", "/queuecall.php")
CONTENT_TYPE = "text/xml; charset=utf-8"

_log = logging.getLogger("mirabelle.api")


class QueueCall:
    """The ASGI application behind the three addresses of queuecall.php."""

    def __init__(self, services: ApiServices, options: ApiOptions) -> None:
        self._services = services
        self._options = options
        self._queueing = Queueing(services, options)
        self._addresses = RateLimit(options.address_rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        sent: list[Sent] = []
        try:
            self._admit(request)
            sent += parse(request.headers.get("content-type", ""), await self._body(request))
            return _xml(await self._queueing.queue(Fields(sent), _address(request)))
        except Refused as refused:
            return self._refusal(sent, refused)
        except ClientDisconnect:
            raise
        except Exception as error:  # noqa: BLE001 - whatever happens in here, the client gets an answer that it can read
            return self._refusal(sent, _fault(error, sent))

    def _admit(self, request: Request) -> None:
        if request.method != "POST":
            raise Refused(ErrorCode.BAD_FIELD, f"{request.method} is not supported here: send a POST", status=405)
        refuse_when_empty(self._addresses.take(address_key(_address(request)), self._services.clock.monotonic()))

    async def _body(self, request: Request) -> bytes:
        declared = request.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared[:20]) > self._options.max_body:
            raise self._too_large()
        try:
            async with asyncio.timeout(self._options.body_timeout):
                return await self._read(request)
        except TimeoutError:
            message = f"the body did not arrive within {self._options.body_timeout:g} s"
            raise Refused(ErrorCode.BAD_FIELD, message, temporary=True) from None

    async def _read(self, request: Request) -> bytes:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._options.max_body:
                raise self._too_large()
        return bytes(body)

    def _too_large(self) -> Refused:
        message = f"the body is larger than {self._options.max_body} bytes"
        return Refused(ErrorCode.BAD_FIELD, message, status=413)

    def _refusal(self, sent: list[Sent], refused: Refused) -> Response:
        echoes = Fields(sent).echoes(pin_in_clear=self._options.echo_pin)
        return _xml(answers.failed(echoes, refused), refused)


def parse(content_type: str, body: bytes) -> list[Sent]:
    """The fields of a body. Raises `Refused`."""
    try:
        return parse_form(content_type, body)
    except BadForm as error:
        raise Refused(ErrorCode.BAD_FIELD, str(error)) from None


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None


def _xml(document: bytes, refused: Refused | None = None) -> Response:
    response = Response(document, refused.status if refused else 200, media_type=None)
    response.headers["Content-Type"] = CONTENT_TYPE
    if refused is not None and refused.retry_after is not None:
        response.headers["Retry-After"] = str(max(1, math.ceil(refused.retry_after)))
    if refused is not None and refused.status == 405:
        response.headers["Allow"] = "POST"
    return response


def _fault(error: Exception, sent: list[Sent]) -> Refused:
    """What the client is told of a fault of ours; the rest goes to the log, without the client's PIN."""
    reference = secrets.token_hex(4)
    trace = "".join(traceback.format_exception(error))
    for pin in {each.value for each in sent if each.name == "pin" and each.value}:
        trace = trace.replace(pin, MASKED_PIN)
    _log.error("queuecall failed", extra={"reference": reference, "exception": trace})
    message = f"internal error; the operator finds it in the log as {reference}"
    return Refused(ErrorCode.INTERNAL, message, temporary=True)

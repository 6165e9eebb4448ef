"""The client of the HTTP interface that the command line and the demonstration use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import aiohttp
from lxml import etree

QUEUECALL = "/webservice/queuecall.php"
TIMEOUT = 60.0
LARGEST_ANSWER = 1 << 20


class ClientError(Exception):
    """The call could not be queued; what happened, where, and what can be done."""

    exit_status = 1


class ServerUnreachable(ClientError):
    """No answer came. Whether the call was queued is not known if the connection broke after it was made."""


class UnexpectedAnswer(ClientError):
    """What answered does not speak queuecall.php."""


class CallRefused(ClientError):
    """The platform said no. `code` is one of the contract's; `temporary`: the same request may succeed later."""

    def __init__(self, code: str, message: str, temporary: bool) -> None:
        super().__init__(f"the call was not queued: {message} ({code})")
        self.code = code
        self.message = message
        self.temporary = temporary


@dataclass(frozen=True, slots=True)
class QueuedCall:
    """The answer to a call that was queued. `fields`: what the platform echoed."""

    call_id: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Login:
    """An account's login and PIN. `repr` hides the PIN."""

    login: str
    pin: str = field(repr=False)


class Client:
    """Speaks queuecall.php at one address. Use it as an asynchronous context manager."""

    def __init__(self, url: str, account: Login, timeout: float = TIMEOUT) -> None:
        self._url = url.rstrip("/")
        self._account = account
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=self._timeout)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def queue_call(self, phone_number: str, start_url: str, **fields: str | int) -> QueuedCall:
        """Queue one call. `fields` are further fields of queuecall.php. Raises `ClientError`."""
        form = {"login": self._account.login, "pin": self._account.pin}
        form |= {"phone_number": phone_number, "start_url": start_url}
        form |= {name: str(value) for name, value in fields.items()}
        return parse_answer(await self._post(QUEUECALL, form), f"{self._url}{QUEUECALL}")

    async def _post(self, path: str, form: Mapping[str, str]) -> bytes:
        if self._session is None:
            raise RuntimeError("use Client as an asynchronous context manager")
        url = f"{self._url}{path}"
        try:
            async with self._session.post(url, data=form, allow_redirects=False) as response:
                body = await response.content.read(LARGEST_ANSWER)
        except aiohttp.InvalidURL as error:
            raise ServerUnreachable(f"{url} is not a URL: give one such as http://127.0.0.1:8080") from error
        except TimeoutError as error:
            raise ServerUnreachable(f"{url} gave no answer within {self._timeout.total:g} s") from error
        except aiohttp.ClientError as error:
            raise ServerUnreachable(f"{url} cannot be reached: {error}; is the server running?") from error
        if response.status not in (200, 429):
            raise UnexpectedAnswer(f"{url} answered {response.status} {response.reason}: is it a Mirabelle server?")
        return body


def parse_answer(body: bytes, url: str) -> QueuedCall:
    """Read an answer document of queuecall.php. Raises `CallRefused` and `UnexpectedAnswer`."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise UnexpectedAnswer(f"{url} did not answer with XML: is it a Mirabelle server?") from error
    if root.tag != "queuecall":
        raise UnexpectedAnswer(f"{url} answered with <{root.tag}> instead of <queuecall>")
    fields = {str(child.tag): child.text or "" for child in root if isinstance(child.tag, str)}
    if root.get("status") == "queued" and (root.get("call_id") or "").isdecimal():
        return QueuedCall(int(str(root.get("call_id"))), fields)
    refusal = root.find("error")
    if refusal is None:
        raise UnexpectedAnswer(f"{url} neither queued the call nor said why not")
    raise CallRefused(refusal.get("code") or "internal", refusal.text or "refused", refusal.get("temporary") == "true")

"""The answer documents of the web-service scripts, byte for byte as clients search them (contract, section 2)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MASKED_PIN = "********"

# Everything that XML 1.0 has no way to write (2.2, Char).
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE_ESCAPES = str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


class ErrorCode(StrEnum):
    """What was wrong, for programs."""

    BAD_LOGIN = "bad_login"
    MISSING_FIELD = "missing_field"
    BAD_FIELD = "bad_field"
    URL_UNREACHABLE = "url_unreachable"
    CAMPAIGN_EXISTS = "campaign_exists"
    EMPTY_LIST = "empty_list"
    DO_NOT_CALL = "do_not_call"
    RATE_LIMITED = "rate_limited"
    INTERNAL = "internal"


class Refused(Exception):
    """The request is answered with an error document. `temporary`: the same request may succeed later.

    `status` is the HTTP status; `retry_after` seconds go into the header of that name.
    """

    def __init__(
        self,
        code: ErrorCode,
        message: str,
        *,
        temporary: bool = False,
        status: int = 200,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.temporary = temporary
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Echo:
    """A field of the request as the answer repeats it."""

    name: str
    value: str


def is_writable(text: str) -> bool:
    """Whether XML can hold this text as it is."""
    return _UNWRITABLE.search(text) is None


def queued(call_id: int, echoes: Iterable[Echo]) -> bytes:
    """The answer to a call that was queued."""
    return _document(f'status="queued" call_id="{call_id}"', [_element(echo.name, echo.value) for echo in echoes])


def failed(echoes: Iterable[Echo], refused: Refused) -> bytes:
    """The answer to a call that was not."""
    temporary = "true" if refused.temporary else "false"
    error = _element("error", refused.message, f' code="{_attribute(refused.code)}" temporary="{temporary}"')
    return _document('status="failed"', [*(_element(echo.name, echo.value) for echo in echoes), error])


def _document(attributes: str, elements: Iterable[str]) -> bytes:
    lines = ['<?xml version="1.0"?>', f"<queuecall {attributes}>", *elements, "</queuecall>", ""]
    return "\n".join(lines).encode()


def _element(name: str, text: str, attributes: str = "") -> str:
    return f"    <{name}{attributes}>{_text(text)}</{name}>"


def _text(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text).translate(_ESCAPES)


def _attribute(text: str) -> str:
    return _text(text).translate(_ATTRIBUTE_ESCAPES)

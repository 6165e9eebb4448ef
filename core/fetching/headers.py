"""The headers of outgoing requests: what others may add, and in what form."""

import re
from collections.abc import Mapping

from mirabelle.core.interfaces.fetching import FetchError

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\U0010ffff]*")
# They frame the message or name its receiver: a wrong one would let a request say two things at once.
_OURS = frozenset(
    {
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
_FOR_ONE_ORIGIN = frozenset({"authorization", "cookie", "proxy-authorization"})
_OF_A_BODY = frozenset({"content-type", "content-encoding", "content-language"})


class BadHeader(FetchError):
    """A header that must not be sent. The message names the header, not its value."""


def check_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The same headers, fit to be sent. Raises `BadHeader`."""
    for name, value in headers.items():
        if not _TOKEN.fullmatch(name):
            raise BadHeader(f"{name!r} is not the name of a header")
        if name.lower() in _OURS:
            raise BadHeader(f"the header {name} is set by the platform itself")
        if not _VALUE.fullmatch(value) or not _encodable(value):
            raise BadHeader(f"the value of the header {name} contains characters that a header cannot hold")
    return dict(headers)


def merge_headers(*sources: Mapping[str, str]) -> dict[str, str]:
    """All of them, checked; a later source replaces what an earlier one says, whatever the case of the name."""
    merged: dict[str, tuple[str, str]] = {}
    for source in sources:
        merged.update({name.lower(): (name, value) for name, value in check_headers(source).items()})
    return dict(merged.values())


def redirected_headers(headers: Mapping[str, str], *, same_origin: bool, keeps_body: bool) -> dict[str, str]:
    """What of the first request's headers goes to the target of its redirect."""
    dropped = (frozenset() if same_origin else _FOR_ONE_ORIGIN) | (frozenset() if keeps_body else _OF_A_BODY)
    return {name: value for name, value in headers.items() if name.lower() not in dropped}


def _encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True

"""Whom a script may have called: destinations of `<transfer>` against what the operator allows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from mirabelle.core.interfaces.telephony_services import TransferProblem
from mirabelle.core.talking.options import TransferOptions

MOST: Final = 500
UNSUPPORTED_URI: Final = "error.unsupported.uri"

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.+)", re.DOTALL)
# RFC 3966 (and 2806): a global number, or a local one, with separators; then parameters.
_NUMBER: Final = re.compile(r"\+?[0-9A-Da-d*#().\-\s]*[0-9*#][0-9A-Da-d*#().\-\s]*")
_SEPARATORS: Final = re.compile(r"[().\-\s]")
_PLAIN: Final = re.compile(r"[!-~]+")
# What addresses somebody behind the number that is called: it does not change who is called.
_BEHIND: Final = ("ext=", "isub=", "postd=", "tsub=")


class Undialable(Exception):
    """A destination is none, or not one that this script may have called; `event` is the one that it gets."""

    def __init__(self, event: str, message: str) -> None:
        super().__init__(message)
        self.event = event
        self.message = message


@dataclass(frozen=True, slots=True)
class Destinations:
    """Judges destinations. `schemes` are those that the telephony of the call dials; `simulated`: nobody is really
    called, so that everybody may be where the options do not say.
    """

    options: TransferOptions
    schemes: frozenset[str]
    simulated: bool = False

    def judge(self, uri: str) -> str:
        """The destination as it is dialled. Raises `Undialable`."""
        found = _SCHEME.fullmatch(uri.strip())
        if found is None or len(uri) > MOST:
            raise Undialable(TransferProblem.BAD_DESTINATION, f"the destination {_shown(uri)} is not a URI")
        scheme, rest = found[1].lower(), found[2]
        if scheme not in self.schemes:
            raise Undialable(UNSUPPORTED_URI, f"The URI {_shown(uri)} is not a supported URI format")
        destination = f"{scheme}:{_number(rest, uri) if scheme == 'tel' else _address(rest, uri)}"
        if not self.allows(destination):
            raise Undialable(
                TransferProblem.NO_AUTHORIZATION,
                f"scripts may not have {_shown(destination)} called: see scripts.transfers.allow in the configuration",
            )
        return destination

    def allows(self, destination: str) -> bool:
        """Whether the operator allows it."""
        called = _called(destination)
        if _any(self.options.deny, called):
            return False
        return self.simulated if self.options.allow is None else _any(self.options.allow, called)


def _number(rest: str, uri: str) -> str:
    number, semicolon, parameters = rest.partition(";")
    plain = _SEPARATORS.sub("", number).upper()
    if not _NUMBER.fullmatch(number) or not (parameters or not semicolon) or (parameters and not _plain(parameters)):
        raise Undialable(TransferProblem.BAD_DESTINATION, f"{_shown(uri)} has no telephone number")
    return plain + semicolon + parameters


def _address(rest: str, uri: str) -> str:
    if not _plain(rest):
        raise Undialable(TransferProblem.BAD_DESTINATION, f"{_shown(uri)} holds characters that no URI has")
    return rest


def _plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None


def _called(destination: str) -> str:
    """What says who is called."""
    if not destination.startswith("tel:"):
        return destination
    number, *parameters = destination.split(";")
    return ";".join([number, *(each for each in parameters if not each.lower().startswith(_BEHIND))])


def _any(patterns: Iterable[str], called: str) -> bool:
    return any(_pattern(pattern).fullmatch(called) for pattern in patterns)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """A star stays within what it stands in: it must not reach over a host into parameters that look like one."""
    if text == "*":
        return re.compile(".*", re.DOTALL)
    scheme, colon, rest = text.partition(":")
    if colon and scheme.lower() == "tel":
        rest = _SEPARATORS.sub("", rest)
    parts = (re.escape(part) for part in f"{scheme.lower()}{colon}{rest}".split("*"))
    return re.compile("[^;?&@%:]*".join(parts), re.IGNORECASE)


def _shown(uri: str) -> str:
    return uri if len(uri) <= MOST else f"{uri[:MOST]}..."

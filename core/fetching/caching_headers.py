"""What the headers of an answer say about keeping it: RFC 9111. Pure; nothing that a server sends makes this raise."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_tz
from typing import Final

# RFC 9111, 1.2.2: what is larger counts as this.
MOST_SECONDS: Final = 2**31

_LONGEST: Final = 8192
_LONGEST_DATE: Final = 40
_MOST_VARYING: Final = 20
_DIRECTIVE = re.compile(r"""([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^,"]*)))?""")
_ENTITY_TAG = re.compile(r"[\x21-\x7e]{1,512}")


@dataclass(frozen=True, slots=True)
class Directives:
    """Cache-Control of an answer, as far as it concerns a private cache (RFC 9111, 5.2.2)."""

    no_store: bool = False
    no_cache: bool = False
    must_revalidate: bool = False
    max_age: int | None = None


def directives(headers: Mapping[str, str]) -> Directives:
    """The directives. One with a field list counts for the whole answer; of several max-age the smallest does."""
    found: dict[str, list[str]] = {}
    for name, quoted, plain in _DIRECTIVE.findall(headers.get("cache-control", "")[:_LONGEST]):
        found.setdefault(name.lower(), []).append(quoted or plain.strip())
    ages = [seconds(text) or 0 for text in found.get("max-age", ())]
    return Directives("no-store" in found, "no-cache" in found, "must-revalidate" in found, min(ages, default=None))


def seconds(text: str) -> int | None:
    """A number of seconds; None where there is none."""
    if not (text.isascii() and text.isdigit()):
        return None
    digits = text.lstrip("0") or "0"
    return min(int(digits), MOST_SECONDS) if len(digits) <= len(str(MOST_SECONDS)) else MOST_SECONDS


def http_date(text: str) -> int | None:
    """The UNIX seconds of a date in any of HTTP's three forms (RFC 9110, 5.6.7); None where there is none."""
    if len(text) > _LONGEST_DATE:
        return None
    try:
        parts = parsedate_tz(text)
        if parts is None or parts[9] not in (0, None) or not 1 <= parts[0] <= 9999:
            return None
        return calendar.timegm(parts[:6])
    except (ValueError, TypeError, IndexError, OverflowError):
        # The parser is made for mail and not for every text that there is.
        return None


def lifetime(headers: Mapping[str, str], received: float) -> int:
    """For how long an answer is fresh from its making on (RFC 9111, 4.2.1), in seconds; 0 where it does not say.

    `received` is the UNIX time at which it came. What cannot be read is 0 as well.
    """
    max_age = directives(headers).max_age
    if max_age is not None:
        return max_age
    expires = http_date(headers.get("expires", ""))
    if expires is None:
        return 0
    made = http_date(headers.get("date", ""))
    return max(0, min(expires - int(received if made is None else made), MOST_SECONDS))


def initial_age(headers: Mapping[str, str], received: float, delay: float) -> float:
    """How old an answer was when it came (RFC 9111, 4.2.3), in seconds; `delay` is how long it was waited for."""
    made = http_date(headers.get("date", ""))
    apparent = 0.0 if made is None else max(0.0, received - made)
    told = seconds(headers.get("age", "").partition(",")[0].strip()) or 0
    return max(apparent, told + delay)


def varies_by(headers: Mapping[str, str]) -> tuple[str, ...] | None:
    """The request headers that select this answer (RFC 9111, 4.1), lower-case; None: nothing tells what does."""
    names = sorted({name.strip().lower() for name in headers.get("vary", "")[:_LONGEST].split(",")} - {""})
    return None if "*" in names or len(names) > _MOST_VARYING else tuple(names)


def validators(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that ask whether this answer still holds (RFC 9111, 4.3.1); none where it cannot be asked."""
    asking = {}
    if _ENTITY_TAG.fullmatch(headers.get("etag", "")):
        asking["if-none-match"] = headers["etag"]
    if http_date(headers.get("last-modified", "")) is not None and headers["last-modified"].isascii():
        asking["if-modified-since"] = headers["last-modified"].strip()
    return asking

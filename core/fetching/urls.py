"""What counts as an http(s) URL that the platform will request."""

import ipaddress
import re

from yarl import URL

from mirabelle.core.interfaces.fetching import FetchError

LONGEST = 8192
SCHEMES = frozenset({"http", "https"})

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_HOST_NAME = re.compile(
    r"(?=.{1,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?",
    re.IGNORECASE,
)
# The socket layer takes 127.1, 2130706433, 0177.0.0.1 and 0x7f.1 for addresses; so does the URL standard.
_NUMERIC_HOST = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?", re.IGNORECASE)


class BadUrl(FetchError):
    """It is not a URL that can be requested. The message says why and does not repeat the URL."""


def parse_url(text: str) -> URL:
    """The absolute http(s) URL that `text` is, without its fragment. Raises `BadUrl`."""
    if len(text) > LONGEST:
        raise BadUrl(f"it is longer than {LONGEST} characters")
    if _CONTROL.search(text):
        raise BadUrl("it contains control characters")
    try:
        url = URL(text.strip(" "))
    except ValueError as error:
        raise BadUrl(str(error)) from None
    return _checked(url)


def join_url(url: URL, location: str) -> URL:
    """Where a redirect from `url` to `location` leads. Raises `BadUrl`."""
    if _CONTROL.search(location):
        raise BadUrl("it contains control characters")
    try:
        return _checked(url.join(URL(location.strip(" "))))
    except ValueError as error:
        raise BadUrl(str(error)) from None


def shown(url: URL) -> str:
    """The URL for logs and messages: its query may hold what is nobody's business."""
    bare = str(url.with_user(None).with_query(None).with_fragment(None))
    return f"{bare}?..." if url.query_string else bare


def _checked(url: URL) -> URL:
    if url.scheme not in SCHEMES:
        raise BadUrl("it does not begin with http:// or https://")
    if not url.raw_host:
        raise BadUrl("it names no host")
    if url.user is not None or url.password is not None:
        raise BadUrl("it contains a user name or password")
    if not _is_host(url.raw_host):
        raise BadUrl("its host is neither a name nor an address")
    return url.with_fragment(None)


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return bool(_HOST_NAME.fullmatch(host)) and not _NUMERIC_HOST.fullmatch(host)
    return "%" not in host

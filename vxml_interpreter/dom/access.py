"""Whether a document may read XML data: VoiceXML 2.1, 5, and the <?access-control?> instruction that it refers to.

The instruction lists hosts with the pseudo-attributes `allow` and `deny`: names, addresses, `*.example.com` (which
means example.com too), `*`. What names the host most exactly rules, and `deny` where both do so alike.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlsplit

_LIST: Final = re.compile(r"""(allow|deny)\s*=\s*("[^"]*"|'[^']*')""")


def may_read(policies: Sequence[str], document: str, data: str, *, foreign: bool) -> bool:
    """Whether the document with that address may read data from that address, which has these instructions.

    Without an instruction it may, and where not `foreign` it may only read data of its own host.
    """
    host = _host(document)
    if not policies:
        return foreign or host == _host(data)
    allow, deny = _hosts(policies)
    allowed, denied = _best(allow, host), _best(deny, host)
    if allowed == denied == 0:
        # A mere list of exceptions: all others may read what they could read without it.
        return bool(deny) and not allow and (foreign or host == _host(data))
    return allowed > denied


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _hosts(policies: Iterable[str]) -> tuple[list[str], list[str]]:
    """What is allowed and what is denied. Lists of several instructions add up; one that nobody can read has none."""
    found: dict[str, list[str]] = {"allow": [], "deny": []}
    for policy in policies:
        if not _LIST.sub("", policy).strip():
            for name, hosts in _LIST.findall(policy):
                found[name] += hosts[1:-1].lower().split()
    return found["allow"], found["deny"]


def _best(patterns: Iterable[str], host: str) -> int:
    """How exactly the best of these names a host: 0 not at all."""
    return max((_exactness(pattern, host) for pattern in patterns), default=0)


def _exactness(pattern: str, host: str) -> int:
    if pattern == "*":
        return 1
    if pattern.startswith("*."):
        return 1 + len(pattern) if f".{host}".endswith(pattern[1:]) else 0
    return 1_000 + len(pattern) if pattern == host else 0

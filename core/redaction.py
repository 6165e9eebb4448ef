"""What looks like a secret is masked: the second line of defence, after not telling secrets in the first place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from mirabelle.core.types import Event

MASK = "********"

_SECRET_WORDS = frozenset(
    {"pin", "pins", "password", "passwd", "secret", "secrets", "authorization", "cookie", "apikey"}
)
_SECRET_NAMES = frozenset({"api_key", "api_keys", "pin_hash", "private_key"})
_IN_TEXT = re.compile(
    r"""
      (?P<field>\b(?:pin|password|passwd|secret|api_?key|access_token)\b["']?\s*[=:]\s*["']?) [^&\s"'<>,;]+
    | (?P<element><(?P<tag>pin|password|secret)>) [^<]*
    | (?P<scheme>\b(?:bearer|basic)\s+) [\w.~+/=-]{6,}
    | (?P<webhook>\bwhsec_) [\w+/=-]+
    | (?P<hash>\$argon2\w*\$) [^\s"']+
    | (?P<userinfo>\b[a-z][a-z0-9+.-]*://) [^\s/?\#@"']+ (?=@)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def redacted_text(text: str) -> str:
    """The text with whatever looks like a secret masked, and what says that it is one left."""
    return _IN_TEXT.sub(lambda found: _kept(found) + MASK, text)


def redacted_values(values: Mapping[str, object]) -> dict[str, object]:
    """The same keys; values under the name of a secret, and secrets within texts, masked."""
    return {key: MASK if is_secret(key) and value is not None else _redacted(value) for key, value in values.items()}


def redacted_event(event: Event) -> Event:
    """The event with its data redacted."""
    return replace(event, data=redacted_values(event.data)) if event.data else event


def is_secret(name: str) -> bool:
    """Whether a key is the name of a secret: `pin`, `webhook_secret`, `Authorization`, but not `pinned` or `key`."""
    lower = name.lower().replace("-", "_")
    return lower in _SECRET_NAMES or not _SECRET_WORDS.isdisjoint(lower.split("_"))


def _kept(found: re.Match[str]) -> str:
    kept = found.groupdict()
    return next(kept[name] for name in ("field", "element", "scheme", "webhook", "hash", "userinfo") if kept[name])


def _redacted(value: object) -> object:
    if isinstance(value, str):
        return redacted_text(value)
    if isinstance(value, Mapping):
        return redacted_values({str(key): item for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return [_redacted(item) for item in value]
    return value

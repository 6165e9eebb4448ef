"""Names of time zones."""

from functools import cache
from zoneinfo import available_timezones

# Hours from UTC. What several countries abbreviate alike is read as in RFC 2822, the rest is left out (IST, for one).
ABBREVIATIONS = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "JST": 9, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip

# Files that lie beside the zones on some systems and mean the machine's own zone.
_NO_ZONES = frozenset({"localtime", "posixrules", "Factory"})


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones()) - _NO_ZONES


def is_time_zone(name: str) -> bool:
    """Whether this is the name of a zone in the IANA database, spelt as there."""
    return name in _names()

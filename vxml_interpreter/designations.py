"""Value designations: VoiceXML 2.0, 6.5."""

import re

_REAL = r"[+-]?(?:\d+|\d*\.\d+)"
_TIME = re.compile(rf"({_REAL})(ms|s)", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBER = re.compile(_REAL, re.ASCII)
_WEIGHT = re.compile(r"\d+\.?|\d*\.\d+", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_LONGEST = 20  # characters: more digits than any time, count or age needs


class Misdesignated(ValueError):
    """Text that does not designate a value of its type; the message says what would."""


def seconds(text: str) -> float:
    """A time designation (`3s`, `850ms`, `.5s`) in seconds: 6.5.2."""
    found = _TIME.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None or found[1].startswith("-"):
        raise Misdesignated(f'"{text[:_LONGEST]}" is not a time: write a number with its unit, as in "3s" or "850ms"')
    return float(found[1]) / (1000 if found[2] == "ms" else 1)


def integer(text: str) -> int:
    """An integer, with or without a sign: 6.5.1."""
    if len(text) > _LONGEST or not _INTEGER.fullmatch(text.strip()):
        raise Misdesignated(f'"{text[:_LONGEST]}" is not an integer')
    return int(text)


def count(text: str) -> int:
    """A positive integer: `count` of prompts (4.1) and handlers (5.2.2), `maxnbest` (6.3.6)."""
    value = integer(text)
    if value < 1:
        raise Misdesignated(f'"{text}" is not a count: it begins at 1')
    return value


def age(text: str) -> int:
    """Whole seconds, not negative: `maxage` and `maxstale` (6.1.1)."""
    value = integer(text)
    if value < 0:
        raise Misdesignated(f'"{text}" is not an age: write whole seconds')
    return value


def number(text: str) -> float:
    """A real number in decimal notation: 6.5.1."""
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text.strip()):
        raise Misdesignated(f'"{text[:_LONGEST]}" is not a number')
    return float(text)


def weight(text: str) -> float:
    """A positive number without a sign, which may end in a dot: the weight of a grammar (3.1.1.3)."""
    value = float(text) if len(text) <= _LONGEST and _WEIGHT.fullmatch(text.strip()) else 0.0
    if not value:
        raise Misdesignated(f'"{text[:_LONGEST]}" is not a weight: write a positive number, as in "0.5" or "2"')
    return value


def level(text: str) -> float:
    """A real number from 0.0 to 1.0: the levels of 6.3.2."""
    value = number(text)
    if not 0 <= value <= 1:
        raise Misdesignated(f'"{text}" is not between 0.0 and 1.0')
    return value


def boolean(text: str) -> bool:
    """`true` or `false`."""
    if text not in ("true", "false"):
        raise Misdesignated(f'"{text}" is neither "true" nor "false"')
    return text == "true"


def language(text: str) -> str:
    """A language tag of RFC 3066, such as `en-US`; "" takes back the one around it (XML 1.0, 2.12)."""
    if text and (len(text) > 100 or not _LANGUAGE.fullmatch(text)):
        raise Misdesignated(f'"{text[:_LONGEST]}" is not a language: write a tag as in "en" or "en-US"')
    return text

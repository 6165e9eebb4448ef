"""The values that SSML allows for its attributes, each kept as it is written: SSML 1.0, 3.1 to 3.3."""

import re
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.designations import Misdesignated

# SSML 1.0, 3.2.4: "n", "n.", ".n" and "n.n".
_NUMBER = r"(?:\d+\.?\d*|\.\d+)"
_PERCENT = rf"[+-]?{_NUMBER}%"
_HERTZ = rf"[+-]?{_NUMBER}Hz"
_SEMITONES = rf"[+-]{_NUMBER}st"
_HEIGHTS = ("x-low", "low", "medium", "high", "x-high", "default")
_SPEEDS = ("x-slow", "slow", "medium", "fast", "x-fast", "default")
_VOLUMES = ("silent", "x-soft", "soft", "medium", "loud", "x-loud", "default")
_PITCH = rf"{_HERTZ}|{_PERCENT}|{_SEMITONES}"
_TARGET = re.compile(rf"\({_NUMBER}%,(?:{_PITCH}|{'|'.join(_HEIGHTS)})\)", re.ASCII)
_LONGEST = 40  # characters of one value: more digits than any voice can tell apart
_MOST_TARGETS = 1_000
_MOST_YEARS = 1_000_000

Parse = Callable[[str], str]


def _value(pattern: str, words: Collection[str], meaning: str) -> Parse:
    matching = re.compile(pattern, re.ASCII)

    def parse(text: str) -> str:
        value = text.strip()
        if value in words or (len(value) <= _LONGEST and matching.fullmatch(value)):
            return value
        raise Misdesignated(f'"{text[:_LONGEST]}" is not {meaning}, nor one of {", ".join(words)}')

    return parse


pitch = _value(_PITCH, _HEIGHTS, 'a pitch such as "200Hz", "+10%" or "-2st"')
rate = _value(rf"{_PERCENT}|\+?{_NUMBER}", _SPEEDS, 'a rate such as "1.5" or "-10%"')
_volume = _value(rf"{_PERCENT}|[+-]?{_NUMBER}", _VOLUMES, 'a volume such as "80", "+10" or "-50%"')


def volume(text: str) -> str:
    """A number from 0 to 100, a change, or a word: 3.2.4."""
    value = _volume(text)
    if value[0] in ".0123456789" and not value.endswith("%") and float(value) > 100:
        raise Misdesignated(f'"{value}" is not a volume from 0 to 100')
    return value


def contour(text: str) -> str:
    """Targets such as `(0%,+20Hz) (40%,+10%)`: 3.2.4."""
    targets = text.split()
    if not targets or len(targets) > _MOST_TARGETS:
        raise Misdesignated(f'a contour has 1 to {_MOST_TARGETS} targets, such as "(0%,+20Hz) (40%,+10%)"')
    for target in targets:
        if len(target) > 2 * _LONGEST or not _TARGET.fullmatch(target):
            raise Misdesignated(f'"{target[:_LONGEST]}" is not a target of a contour such as "(0%,+20Hz)"')
    return " ".join(targets)


def duration(text: str) -> str:
    """A time such as `250ms`: 3.2.4."""
    designations.seconds(text)
    return text.strip()


def alphabet(text: str) -> str:
    """`ipa`, or one of a vendor: `x-organization`, `x-organization-alphabet` (3.1.9)."""
    value = text.strip()
    if value != "ipa" and not (value.startswith("x-") and len(value) > 2 and len(value.split()) == 1):
        raise Misdesignated(f'"{text[:_LONGEST]}" is neither "ipa" nor a vendor\'s alphabet such as "x-organization"')
    return value


def age(text: str) -> str:
    """Years since birth: 3.2.1."""
    return str(_whole(text, 0))


def variant(text: str) -> str:
    """Which of several voices, from 1: 3.2.1."""
    return str(_whole(text, 1))


def _whole(text: str, least: int) -> int:
    value = designations.integer(text)
    if not least <= value <= _MOST_YEARS:
        raise Misdesignated(f'"{text}" is not a whole number from {least} on')
    return value


def names(text: str) -> str:
    """Names of voices, the best first: 3.2.1."""
    if not text.split():
        raise Misdesignated("names nothing")
    return " ".join(text.split())


def mark(text: str) -> str:
    """The name of a mark, a token: white space in it is collapsed (3.3.2)."""
    if not text.split():
        raise Misdesignated("is empty")
    return " ".join(text.split())


def uri(text: str) -> str:
    """A URI reference."""
    try:
        urlsplit(text)
    except ValueError as error:
        raise Misdesignated(f'"{text}" is not a URI: {error}') from error
    if not text.strip():
        raise Misdesignated("is empty")
    return text.strip()

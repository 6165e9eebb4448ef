"""What a human does in one turn, as transcripts and the terminal write it: `yes`, `[1 2 #]`, `[silence]` ..."""

import re
from dataclasses import dataclass
from typing import Final

from mirabelle.vxml_interpreter.grammar.tokens import keys

_SPAN: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")
_SURENESS: Final = re.compile(r"\(\s*(.+?)\s*,\s*(\d+(?:\.\d+)?)\s*\)\s*")


@dataclass(frozen=True, slots=True)
class Speech:
    """Words with their confidences, best first; none: sound without words. `lasts`: seconds, None: as they take."""

    alternatives: tuple[tuple[str, float], ...]
    lasts: float | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """Groups of keys, each after a pause of so many seconds."""

    groups: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing."""


@dataclass(frozen=True, slots=True)
class Hangup:
    """Puts the receiver down."""


Act = Speech | Keys | Silence | Hangup


def parse_act(text: str) -> Act:
    """Read one act. Raises `ValueError` that says what is wrong."""
    text = " ".join(text.split())
    if text.startswith("["):
        return _bracketed(text)
    if text.startswith("("):
        return Speech(tuple(_alternatives(text)))
    if not text:
        raise ValueError("what does the human do? [silence], [hangup], [1 2 #] or words")
    return Speech(((text, 1.0),))


def _bracketed(text: str) -> Act:
    if not text.endswith("]"):
        raise ValueError(f"{text!r}: the bracket is not closed")
    inner = text[1:-1].split()
    match inner:
        case ["silence"]:
            return Silence()
        case ["hangup"]:
            return Hangup()
        case ["speech", lasts]:
            return Speech((), _seconds(lasts))
        case []:
            raise ValueError("the brackets hold no keys")
        case _:
            return _keys(inner)


def _keys(tokens: list[str]) -> Keys:
    groups: list[tuple[float, str]] = []
    pause = 0.0
    for token in tokens:
        if _SPAN.fullmatch(token):
            pause += _seconds(token)
        else:
            groups.append((pause, "".join(keys(token))))
            pause = 0.0
    if pause or not groups:
        raise ValueError("a pause stands between keys")
    return Keys(_together(groups))


def _together(groups: list[tuple[float, str]]) -> tuple[tuple[float, str], ...]:
    """Keys without a pause between them are one group."""
    merged: list[tuple[float, str]] = []
    for pause, pressed in groups:
        if merged and not pause:
            merged[-1] = (merged[-1][0], merged[-1][1] + pressed)
        else:
            merged.append((pause, pressed))
    return tuple(merged)


def _alternatives(text: str) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    while text:
        one = _SURENESS.match(text)
        if one is None or not 0 <= float(one[2]) <= 1:
            raise ValueError(f"{text!r}: speech with a confidence is written (words, 0.4), from 0 to 1")
        found.append((one[1], float(one[2])))
        text = text[one.end() :]
    return found


def _seconds(text: str) -> float:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no span of time such as 5s or 500ms")
    return float(found[1]) / (1000 if found[2] == "ms" else 1)

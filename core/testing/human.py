"""What a human does in one turn, as transcripts and the terminal write it: `yes`, `[1 2 #]`, `[silence]` ..."""

import re
from collections.abc import Iterable, Iterator
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


@dataclass(frozen=True, slots=True)
class Several:
    """One after the other, each so many seconds after the end of the one before."""

    acts: "tuple[tuple[float, Speech | Keys | Hangup], ...]"


Act = Speech | Keys | Silence | Hangup | Several


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
    if inner == ["silence"]:
        return Silence()
    if not inner:
        raise ValueError("the brackets hold no keys")
    acts = _one_after_the_other(_parts(inner))
    return acts[0][1] if len(acts) == 1 and not acts[0][0] else Several(tuple(acts))


def _parts(words: list[str]) -> Iterator[tuple[float, Speech | str | Hangup]]:
    """Sounds, keys and the hang-up, each after a pause."""
    left, pause, over = list(words), 0.0, False
    while left:
        word = left.pop(0)
        if over:
            raise ValueError("nothing can follow the hang-up")
        if _SPAN.fullmatch(word):
            pause += _seconds(word)
            continue
        over = word == "hangup"
        if over:
            yield pause, Hangup()
        elif word == "speech":
            yield pause, Speech((), _seconds(left.pop(0) if left else ""))
        else:
            yield pause, "".join(keys(word))
        pause = 0.0
    if pause:
        raise ValueError("a pause stands between keys, sounds and the hang-up")


def _one_after_the_other(
    parts: Iterable[tuple[float, Speech | str | Hangup]],
) -> list[tuple[float, Speech | Keys | Hangup]]:
    """Keys that follow each other are one act, with the pauses between them."""
    acts: list[tuple[float, Speech | Keys | Hangup]] = []
    for pause, part in parts:
        before = acts[-1][1] if acts else None
        if not isinstance(part, str):
            acts.append((pause, part))
        elif isinstance(before, Keys):
            acts[-1] = (acts[-1][0], Keys(_together([*before.groups, (pause, part)])))
        elif acts:
            acts.append((pause, Keys(((0.0, part),))))
        else:
            acts.append((0.0, Keys(((pause, part),))))
    return acts


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

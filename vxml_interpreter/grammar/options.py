"""Grammars made of a list of phrases or key sequences: `<option>` and `<choice>`, VoiceXML 2.0, 2.2.5 and 2.3.1.3."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from mirabelle.vxml_interpreter.grammar.matching import Grammar, Match, Mode
from mirabelle.vxml_interpreter.grammar.tokens import fold, keys
from mirabelle.vxml_interpreter.script import Json

# Written in the text of an option, never spoken.
PUNCTUATION: Final = '.,;:!?"()'


class Said(Enum):
    """The type of `SAID`."""

    SAID = "said"


SAID: Final = Said.SAID


@dataclass(frozen=True, slots=True)
class Option:
    """One alternative. `input` is what is said (words) or pressed (keys; white space between them is optional).
    It means its `value`; `SAID`: what was said of it, which of an approximate option may be a part (2.2.6).

    `approximate`: any of the words in their order will do, such as "astrophysics news" for "Stargazer Astrophysics
    News". Keys are always exact.
    """

    input: str
    value: Json | Said
    approximate: bool = False


def option_grammar(options: Iterable[Option], mode: Mode) -> Grammar:
    """A grammar that allows each of these; an option without input is left out.

    Where an input is more than one option, those said whole come first, then document order decides. Raises
    `ValueError` for a character that is not a key.
    """
    compiled = (_compiled(option, mode) for option in options)
    return _Options(tuple(option for option in compiled if option.tokens), mode)


@dataclass(frozen=True, slots=True)
class _Compiled:
    tokens: tuple[str, ...]
    spelt: tuple[str, ...]
    value: Json | Said
    approximate: bool


def _compiled(option: Option, mode: Mode) -> _Compiled:
    if mode is Mode.DTMF:
        pressed = keys(option.input)
        return _Compiled(pressed, pressed, option.value, approximate=False)
    spelt = tuple(bare for word in option.input.split() if (bare := word.strip(PUNCTUATION)))
    return _Compiled(tuple(map(_spoken, spelt)), spelt, option.value, option.approximate)


def _spoken(word: str) -> str:
    return fold(word).strip(PUNCTUATION)


@dataclass(frozen=True, slots=True)
class _Options:
    options: tuple[_Compiled, ...]
    mode: Mode

    def start(self) -> "_Matching":
        return _Matching(self, tuple(_Reading(option) for option in self.options))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One option, and which of its words have been said."""

    option: _Compiled
    said: tuple[int, ...] = ()

    @property
    def next(self) -> int:
        return self.said[-1] + 1 if self.said else 0

    @property
    def whole(self) -> bool:
        return len(self.said) == len(self.option.tokens)

    @property
    def complete(self) -> bool:
        return self.whole or (self.option.approximate and bool(self.said))

    @property
    def extendable(self) -> bool:
        return self.next < len(self.option.tokens)

    def advance(self, token: str) -> "_Reading | None":
        last = len(self.option.tokens) if self.option.approximate else min(self.next + 1, len(self.option.tokens))
        for index in range(self.next, last):
            if self.option.tokens[index] == token:
                # The earliest such word leaves the most to be said; no later one could allow more.
                return _Reading(self.option, (*self.said, index))
        return None


@dataclass(frozen=True, slots=True)
class _Matching:
    grammar: _Options
    readings: tuple[_Reading, ...]

    def advance(self, token: str) -> "_Matching | None":
        token = token if self.grammar.mode is Mode.DTMF else _spoken(token)
        further = tuple(reading for one in self.readings if (reading := one.advance(token)) is not None)
        return _Matching(self.grammar, further) if further else None

    @property
    def extendable(self) -> bool:
        return any(reading.extendable for reading in self.readings)

    def results(self) -> Sequence[Match]:
        complete = (reading for reading in self.readings if reading.complete)
        return tuple(self._match(reading) for reading in sorted(complete, key=lambda reading: not reading.whole))

    def _match(self, reading: _Reading) -> Match:
        spelt = (reading.option.spelt[index] for index in reading.said)
        said = (" " if self.grammar.mode is Mode.VOICE else "").join(spelt)
        value = reading.option.value
        return Match(said, said if isinstance(value, Said) else value)

"""The builtin grammar `digits`: VoiceXML 2.0, Appendix P."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mirabelle.vxml_interpreter.grammar.matching import Grammar, Match, Mode
from mirabelle.vxml_interpreter.grammar.tokens import fold

_NAMES: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# English, beside the figures themselves, which a recogniser of any language may write.
SPOKEN: Final[Mapping[str, str]] = MappingProxyType(
    {name: str(digit) for digit, name in enumerate(_NAMES)} | {"oh": "0", "o": "0"}
)


class ImpossibleLength(ValueError):
    """No string of digits has such a length: error.badfetch."""


def digits_grammar(minlength: int | None, maxlength: int | None, mode: Mode = Mode.DTMF) -> Grammar:
    """Strings of `minlength` to `maxlength` digits. None: at least one, and no upper limit.

    The interpretation is the string of digits. Raises `ImpossibleLength` when no such string exists.
    """
    shortest = 1 if minlength is None else minlength
    if shortest < 0 or (maxlength is not None and maxlength < max(shortest, 1)):
        raise ImpossibleLength(f"digits from minlength {minlength} to maxlength {maxlength}")
    return _Digits(max(shortest, 1), maxlength, mode)


@dataclass(frozen=True, slots=True)
class _Digits:
    minlength: int
    maxlength: int | None
    mode: Mode

    def start(self) -> "_Matching":
        return _Matching(self)


@dataclass(frozen=True, slots=True)
class _Matching:
    grammar: _Digits
    digits: str = ""
    heard: str = ""

    def advance(self, token: str) -> "_Matching | None":
        more = _digits(token, self.grammar.mode)
        if not more or not self._fits(len(self.digits) + len(more)):
            return None
        separator = " " if self.heard and self.grammar.mode is Mode.VOICE else ""
        return _Matching(self.grammar, self.digits + more, f"{self.heard}{separator}{token}")

    @property
    def extendable(self) -> bool:
        return self._fits(len(self.digits) + 1)

    def results(self) -> Sequence[Match]:
        return (Match(self.heard, self.digits),) if len(self.digits) >= self.grammar.minlength else ()

    def _fits(self, length: int) -> bool:
        return self.grammar.maxlength is None or length <= self.grammar.maxlength


def _digits(token: str, mode: Mode) -> str:
    """The digits that one token stands for; empty when it is something else. A recogniser may write several as one."""
    if token.isascii() and token.isdigit():
        return token if mode is Mode.VOICE or len(token) == 1 else ""
    return SPOKEN.get(fold(token), "") if mode is Mode.VOICE else ""

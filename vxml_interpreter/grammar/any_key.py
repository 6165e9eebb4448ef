"""The grammar that `dtmfterm` stands for: any one key (VoiceXML 2.0, 2.3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mirabelle.vxml_interpreter.grammar.matching import Grammar, Match, Matching, Mode


@dataclass(frozen=True, slots=True)
class _AnyKey:
    mode: Mode = Mode.DTMF

    def start(self) -> Matching:
        return _Matching()


@dataclass(frozen=True, slots=True)
class _Matching:
    key: str = ""

    def advance(self, token: str) -> "_Matching | None":
        return None if self.key else _Matching(token)

    @property
    def extendable(self) -> bool:
        return not self.key

    def results(self) -> Sequence[Match]:
        return (Match(self.key, self.key),) if self.key else ()


ANY_KEY: Final[Grammar] = _AnyKey()

"""The formats that a `<grammar>` may be written in, and where builtin grammars come from: VoiceXML 2.0, 3.1.1."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from mirabelle.vxml_interpreter.grammar.matching import Grammar, Mode


class GrammarFault(Exception):
    """A grammar cannot be used: error.badfetch in whoever needs it. `line` counts within the grammar's source."""

    def __init__(self, cause: str, line: int | None = None) -> None:
        super().__init__(cause if line is None else f"line {line}: {cause}")
        self.cause = cause
        self.line = line


class UnsupportedFormat(Exception):
    """Nobody reads this media type: error.unsupported.format (3.1.1.4)."""


@dataclass(frozen=True, slots=True)
class GrammarSource:
    """A grammar as it is written. `url` is the address against which it refers to others, its fragment the rule to
    begin with; `mode` and `language` are those of the `<grammar>`, for formats that do not say so themselves."""

    body: bytes
    url: str
    mode: Mode | None = None
    language: str | None = None


Reference = str
"""The absolute URI of another grammar that one refers to."""
Compiling = Generator[Reference, GrammarSource, Grammar]
"""Compiles a grammar: yields what else it needs, is sent that, returns the grammar. Raises `GrammarFault`."""


@runtime_checkable
class GrammarFormat(Protocol):
    """Reads grammars of some media types. Pure: whoever drives `compile` fetches what it asks for."""

    @property
    def media_types(self) -> Sequence[str]:
        """In lower case, without parameters. The first is its proper name."""

    def recognizes(self, body: bytes) -> bool:
        """Whether this looks like one of its grammars, for sources that do not say what they are."""

    def compile(self, source: GrammarSource) -> Compiling:
        """Compile a grammar."""


class Formats:
    """The formats at hand, by media type. Two for one type are a ValueError."""

    def __init__(self, formats: Iterable[GrammarFormat]) -> None:
        found: dict[str, GrammarFormat] = {}
        for one in formats:
            for media_type in one.media_types:
                if media_type in found:
                    raise ValueError(f"two grammar formats read {media_type}")
                found[media_type] = one
        self._by_type: Mapping[str, GrammarFormat] = MappingProxyType(found)

    def find(self, media_type: str, body: bytes) -> GrammarFormat:
        """The format of a declared type, or the one that recognizes the source where no type is declared.

        Raises `UnsupportedFormat`.
        """
        declared = media_type.partition(";")[0].strip().lower()
        if declared:
            found = self._by_type.get(declared)
        else:
            found = next((one for one in self._by_type.values() if one.recognizes(body)), None)
        if found is None:
            known = ", ".join(sorted(self._by_type))
            cause = f'the format "{declared}" is not' if declared else "its format cannot be told, and is none of those"
            raise UnsupportedFormat(f"{cause} understood here: {known}")
        return found

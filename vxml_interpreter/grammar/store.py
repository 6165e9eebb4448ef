"""Compiled grammars, shared by all dialogues."""

import hashlib
from collections.abc import Iterable
from typing import Final

from mirabelle.vxml_interpreter.grammar.formats import Compiling, Formats, GrammarFormat, GrammarSource
from mirabelle.vxml_interpreter.grammar.matching import Grammar
from mirabelle.vxml_interpreter.grammar.phrases import Phrases
from mirabelle.vxml_interpreter.keeping import Kept

Key = tuple[bytes, str, str, str, str]
# Bytes of their sources: compiled they are up to 35 times as large.
_SIZE: Final = 4 << 20
# Bytes that a short one counts for.
_LEAST: Final = 1_000


class Grammars:
    """A bounded store of compiled grammars, the least recently used leaving first: so many, of 4 MB in all. Any thread
    may ask.

    `formats` are the ones besides ours.
    """

    def __init__(self, formats: Iterable[GrammarFormat] = (), capacity: int = 1024) -> None:
        self._formats = Formats([Phrases(), *formats])
        self._compiled: Kept[Key, Grammar] = Kept(capacity, _SIZE)

    def compile(self, source: GrammarSource, media_type: str) -> Compiling:
        """The compiled grammar. Raises `UnsupportedFormat` and `GrammarFault`.

        What a grammar refers to is not part of its key: only those that refer to nothing are kept.
        """
        key = _key(source, media_type)
        known = self._compiled.find(key)
        if known is not None:
            return known
        compiling = self._formats.find(media_type, source.body).compile(source)
        refers = False
        try:
            reference = next(compiling)
            while True:
                refers = True
                reference = compiling.send((yield reference))
        except StopIteration as stop:
            grammar: Grammar = stop.value
        if not refers:
            self._compiled.keep(key, grammar, _LEAST + len(source.body))
        return grammar


def _key(source: GrammarSource, media_type: str) -> Key:
    return hashlib.sha256(source.body).digest(), media_type, source.url, str(source.mode), source.language or ""

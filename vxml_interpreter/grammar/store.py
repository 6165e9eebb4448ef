"""Compiled grammars, shared by all dialogues."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable

from mirabelle.vxml_interpreter.grammar.formats import Compiling, Formats, GrammarFormat, GrammarSource
from mirabelle.vxml_interpreter.grammar.matching import Grammar
from mirabelle.vxml_interpreter.grammar.phrases import Phrases

Key = tuple[bytes, str, str, str, str]


class Grammars:
    """A bounded store of compiled grammars, the least recently used leaving first. Any thread may ask.

    `formats` are the ones besides ours.
    """

    def __init__(self, formats: Iterable[GrammarFormat] = (), capacity: int = 1024) -> None:
        self._formats = Formats([Phrases(), *formats])
        self._capacity = capacity
        self._compiled: OrderedDict[Key, Grammar] = OrderedDict()

    def compile(self, source: GrammarSource, media_type: str) -> Compiling:
        """The compiled grammar. Raises `UnsupportedFormat` and `GrammarFault`.

        What a grammar refers to is not part of its key: only those that refer to nothing are kept.
        """
        key = _key(source, media_type)
        known = self._compiled.pop(key, None)
        if known is not None:
            self._compiled[key] = known
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
            self._keep(key, grammar)
        return grammar

    def _keep(self, key: Key, grammar: Grammar) -> None:
        self._compiled[key] = grammar
        if len(self._compiled) > self._capacity:
            self._compiled.popitem(last=False)


def _key(source: GrammarSource, media_type: str) -> Key:
    return hashlib.sha256(source.body).digest(), media_type, source.url, str(source.mode), source.language or ""

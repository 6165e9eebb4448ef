"""Sources whose meaning is plain without an engine: literals and names. Most expressions of dialogues are such."""

import re
from typing import Final

from mirabelle.vxml_interpreter.script import Primitive

_NAME: Final = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_NUMBER: Final = re.compile(r"(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?", re.ASCII)
_STRING: Final = re.compile(r"'[^'\\\r\n\u2028\u2029]*'|\"[^\"\\\r\n\u2028\u2029]*\"")
_WORDS: Final = {"true": True, "false": False, "null": None}

# Words that are no variables whatever is declared.
_RESERVED_WORDS: Final = (
    "arguments break case catch class const continue debugger default delete do else enum eval export extends false"
    " finally for function if import in instanceof let new null return super switch this throw true try typeof"
    " undefined var void while with yield"
)
_RESERVED: Final = frozenset(_RESERVED_WORDS.split())


class NoLiteral:
    """The type of `NO_LITERAL`."""


NO_LITERAL: Final = NoLiteral()


def literal(source: str) -> Primitive | NoLiteral:
    """The value of a number, a string or a word; `NO_LITERAL` for everything else."""
    source = source.strip(" \t\r\n")
    if source in _WORDS:
        return _WORDS[source]
    if _STRING.fullmatch(source) and not _has_surrogates(source):
        return source[1:-1]
    if _NUMBER.fullmatch(source):
        number = float(source)
        return int(number) if number.is_integer() else number
    return NO_LITERAL


def is_name(source: str) -> bool:
    """Whether it can be the name of a variable, and is nothing but that."""
    return _NAME.fullmatch(source) is not None and source not in _RESERVED


def _has_surrogates(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)

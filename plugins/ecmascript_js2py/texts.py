"""Texts of the host as strings of ECMAScript, and back: ECMAScript 5.1, 8.4.

A string of a script is a sequence of UTF-16 units, and so is the Python string that stands for it: a character beyond
U+FFFF is two surrogates. So lengths, positions and the order of strings are those that ECMAScript asks for.
"""

import re
from typing import Final

REPLACEMENT: Final = "\ufffd"
_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")
_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
HALF: Final = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")
"""Half a surrogate pair, in a string of units."""


def units(text: str) -> str:
    """The same with a pair of surrogates for each character beyond U+FFFF."""
    return text if text.isascii() else _BEYOND.sub(_pair, text)


def arriving(text: str) -> str:
    """A text of the host as a string of scripts. A subclass of `str` becomes a plain one."""
    plain = text if type(text) is str else str.__str__(text)
    return plain if plain.isascii() else units(HALF.sub(REPLACEMENT, plain))


def leaving(string: str) -> str:
    """A string of a script as a text that can be encoded."""
    if string.isascii() or not _SURROGATE.search(string):
        return string
    return _SURROGATE.sub(REPLACEMENT, _PAIR.sub(_character, string))


def _pair(found: "re.Match[str]") -> str:
    high, low = divmod(ord(found.group()) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)


def _character(found: "re.Match[str]") -> str:
    high, low = map(ord, found.group())
    return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)

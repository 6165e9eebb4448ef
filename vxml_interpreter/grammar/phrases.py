"""Grammars that are lists of phrases or keys with what they mean, as JSON: for what `<option>` cannot say.

    [{"input": "from Boston", "means": {"origin": "BOS"}}, {"input": "nowhere"}]

Each is an option (2.2.5): `accept` may be "approximate"; without `means` it means its own words.
"""

import json
import math
from typing import Any, Final

from mirabelle.vxml_interpreter.grammar.formats import Compiling, GrammarFault, GrammarSource
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.grammar.options import Option, option_grammar
from mirabelle.vxml_interpreter.script import Json

MEDIA_TYPE: Final = "application/vnd.mirabelle.phrases+json"
_KEYS: Final = frozenset({"input", "means", "accept"})
_MOST_BYTES: Final = 500_000
_MOST_PHRASES: Final = 20_000
_DEEPEST: Final = 50


class Phrases:
    """The format of phrase lists."""

    media_types = (MEDIA_TYPE,)

    def recognizes(self, body: bytes) -> bool:
        """A list of objects; no other grammar begins so."""
        return body.lstrip().startswith(b"[") and body.lstrip()[1:].lstrip().startswith(b"{")

    def compile(self, source: GrammarSource) -> Compiling:
        """An option grammar, of speech unless the `<grammar>` says otherwise."""
        yield from ()
        mode = source.mode or Mode.VOICE
        if len(source.body) > _MOST_BYTES:
            raise GrammarFault(f"the phrase list has {len(source.body)} bytes; at most {_MOST_BYTES} are read")
        try:
            entries = json.loads(source.body.decode("utf-8-sig"), parse_float=_number, parse_constant=_number)
            if not isinstance(entries, list):
                raise GrammarFault("a phrase list must be a JSON list")
            if len(entries) > _MOST_PHRASES:
                raise GrammarFault(f"the phrase list has {len(entries)} phrases; at most {_MOST_PHRASES} are read")
            return option_grammar([_option(entry, number) for number, entry in enumerate(entries, 1)], mode)
        except RecursionError as error:
            raise GrammarFault("the phrase list is nested too deeply") from error
        except json.JSONDecodeError as error:
            raise GrammarFault(f"not JSON: {error.msg}", error.lineno) from error
        except ValueError as error:
            raise GrammarFault(str(error)) from error


def _number(text: str) -> float:
    """Python reads more than JSON has."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"the number {text[:20]} is too large, or none")
    return number


def _too_deep(value: Json, room: int = _DEEPEST) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return room < 0 or any(_too_deep(each, room - 1) for each in inner)


def _option(entry: Any, number: int) -> Option:
    if not isinstance(entry, dict) or not isinstance(entry.get("input"), str) or not entry["input"].strip():
        raise GrammarFault(f'phrase {number} must be an object with an "input" that is not empty')
    unknown = sorted(entry.keys() - _KEYS)
    if unknown:
        raise GrammarFault(f'phrase {number} has the key "{unknown[0]}"; known are {", ".join(sorted(_KEYS))}')
    if entry.get("accept", "exact") not in ("exact", "approximate"):
        raise GrammarFault(f'phrase {number}: "accept" must be "exact" or "approximate"')
    words = " ".join(entry["input"].split())
    means: Json = entry.get("means", words)
    if _too_deep(means):
        raise GrammarFault(f'phrase {number}: "means" is nested more than {_DEEPEST} deep')
    return Option(words, means, entry.get("accept") == "approximate")

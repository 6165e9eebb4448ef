"""What is said or pressed, cut into the tokens that grammars advance by: SRGS, 2.1."""

import unicodedata
from typing import Final

KEYS: Final = frozenset("0123456789*#ABCD")
_MOST_KEYS: Final = 1_000


def fold(text: str) -> str:
    """The form in which words are compared: NFC, case folded, white space collapsed."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of an utterance."""
    return tuple(fold(text).split())


def keys(text: str) -> tuple[str, ...]:
    """The keys of a DTMF sequence; white space between them means nothing (2.2.1, 2.3.1.3).

    Raises `ValueError` with the first character that is on no keypad, and for more keys than anybody presses.
    """
    pressed = tuple("".join(text.split()))
    if len(pressed) > _MOST_KEYS:
        raise ValueError(f"these are {len(pressed)} keys; at most {_MOST_KEYS} are read")
    for key in pressed:
        if key not in KEYS:
            raise ValueError(f"{key!r} is not a key: 0-9, *, #, A-D")
    return pressed

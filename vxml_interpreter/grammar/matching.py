"""The protocol of grammars: compile once, advance token by token, read the results."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from mirabelle.vxml_interpreter.script import Json


class Mode(StrEnum):
    """How the caller puts it in."""

    DTMF = "dtmf"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Match:
    """One way in which the tokens so far are a sentence of the grammar, and what it means."""

    utterance: str
    interpretation: Json


class Matching(Protocol):
    """How far some input has come in a grammar. Immutable."""

    def advance(self, token: str) -> "Matching | None":
        """Take one more token (a key, or a word); None: nothing that begins like this is in the grammar."""

    @property
    def extendable(self) -> bool:
        """Whether a further token could still be allowed."""

    def results(self) -> Sequence[Match]:
        """The sentences that the input is as it stands, best first; empty while it is only a prefix."""


class Grammar(Protocol):
    """A compiled grammar; shared by all dialogues that use it."""

    @property
    def mode(self) -> Mode:
        """Keys or voice."""

    def start(self) -> Matching:
        """Before the first token."""

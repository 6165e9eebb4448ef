"""What callers put in, as the collector takes it. Instants are seconds of one clock that never goes back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One key: 0-9 * # A-D."""

    key: str


@dataclass(frozen=True, slots=True)
class SpeechStart:
    """The caller begins to speak."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """The caller has spoken since `began`. `alternatives` are (words, confidence 0..1), best first."""

    began: float
    alternatives: tuple[tuple[str, float], ...]


Heard = Key | SpeechStart | Utterance

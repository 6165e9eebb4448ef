"""People who answer simulated calls: what they hear, what they can do."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class HeardPrompt:
    """A prompt that a person hears: its words, and when it begins and ends if nobody interrupts it.

    Instants are monotonic seconds of the leg's clock. `text` is empty for sound without words.
    """

    text: str
    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class Say:
    """Speak. `at`: when (the leg's clock); None: when the last prompt and all earlier actions are over.

    `lasts` None: as long as the words take. `alternatives` (words, confidence), best first, is what a recogniser would
    make of it; None: the words, surely. Empty: sound without words that could be told. `sound` is a WAV file that a
    recording gets; None: a tone.
    """

    words: str
    at: float | None = None
    lasts: float | None = None
    alternatives: tuple[tuple[str, float], ...] | None = None
    sound: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Press:
    """Press these keys (0-9 * # A-D) one after the other. `at` as in `Say`."""

    keys: str
    at: float | None = None


@dataclass(frozen=True, slots=True)
class HangUp:
    """Put the receiver down. `at` as in `Say`."""

    at: float | None = None


Action = Say | Press | HangUp


class Person(Protocol):
    """Somebody at the far end of a simulated leg."""

    def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action] | Awaitable[Sequence[Action]]:
        """What this person does, asked each time the dialogue begins to listen. Nothing: is silent.

        `heard` are the prompts since the last time, first to last, with those that are only now beginning: an action
        may fall into the middle of one. Actions are done in their order, none before the one before it is over.
        An awaitable is waited for while the prompts play; a person at a terminal holds the clock meanwhile.
        """


class Silent:
    """A person who says nothing."""

    def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action]:
        """Nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class Presses:
    """A person who answers everything with the same keys."""

    keys: str

    def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action]:
        """The keys, after the last prompt."""
        return (Press(self.keys),)

"""What the interpreter asks and tells its driver, and what the driver answers.

An *ask* gets exactly one answer and is the last of the commands that `start` or `handle` returns; a *tell* gets none.
A *notice* may come at any time, also while an ask is open. Spans are seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mirabelle.vxml_interpreter.grammar.matching import Grammar, Match, Mode
from mirabelle.vxml_interpreter.script import Json

# ---- prompts (4.1) ----


@dataclass(frozen=True, slots=True)
class Text:
    """Words to be spoken."""

    text: str


@dataclass(frozen=True, slots=True)
class Audio:
    """A recording, and what is played in its place when it cannot be had (4.1.3)."""

    url: str
    fallback: tuple["Segment", ...] = ()


@dataclass(frozen=True, slots=True)
class Break:
    """Silence of that many seconds."""

    seconds: float


Segment = Text | Audio | Break


@dataclass(frozen=True, slots=True)
class Prompt:
    """One queued prompt, its expressions evaluated (4.1.8). `timeout` None: the property decides."""

    segments: tuple[Segment, ...]
    bargein: bool = True
    hotword: bool = False
    timeout: float | None = None
    language: str | None = None

    @property
    def text(self) -> str:
        """What is heard when no audio can be had: text in reading order, white space collapsed."""
        return " ".join(" ".join(_words(self.segments)).split())


def _words(segments: tuple[Segment, ...]) -> list[str]:
    words: list[str] = []
    for segment in segments:
        if isinstance(segment, Text):
            words.append(segment.text)
        elif isinstance(segment, Audio):
            words.extend(_words(segment.fallback))
    return words


# ---- asks ----


class Purpose(StrEnum):
    """What a fetched resource is for."""

    DOCUMENT = "document"
    SCRIPT = "script"
    GRAMMAR = "grammar"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """A resource to be fetched (6.1). `url` is absolute, without fragment; `fields` go with it in this order.

    `method` is get or post; `fields` of a get belong to the query. `timeout` None: the property fetchtimeout's default.
    """

    url: str
    purpose: Purpose = Purpose.DOCUMENT
    method: str = "get"
    fields: tuple[tuple[str, str], ...] = ()
    enctype: str = "application/x-www-form-urlencoded"
    timeout: float | None = None
    maxage: float | None = None
    maxstale: float | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """Fetch this; play the prompts meanwhile. Answered by `Fetched` or `FetchFailed`."""

    request: FetchRequest
    prompts: tuple[Prompt, ...] = ()


@dataclass(frozen=True, slots=True)
class ActiveGrammar:
    """A grammar that listens; `key` tells the interpreter to whom it belongs. Earlier ones take precedence (3.1.4)."""

    key: int
    grammar: Grammar


@dataclass(frozen=True, slots=True)
class InputTiming:
    """The properties of 6.3.2 and 6.3.3 that rule one collection. `termchar` "" means none."""

    timeout: float
    interdigittimeout: float
    termtimeout: float
    termchar: str
    completetimeout: float
    incompletetimeout: float
    maxspeechtimeout: float
    confidencelevel: float


@dataclass(frozen=True, slots=True)
class Collect:
    """Play the prompts, then wait: `Recognized`, `NotMatched`, `NothingHeard` or `SpokeTooLong` answers."""

    prompts: tuple[Prompt, ...]
    grammars: tuple[ActiveGrammar, ...]
    timing: InputTiming
    modes: frozenset[Mode]


@dataclass(frozen=True, slots=True)
class Play:
    """Play these to their end. Answered by `Done`."""

    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Breathe:
    """Let others run. Answered by `Done`."""


# ---- tells ----


@dataclass(frozen=True, slots=True)
class Log:
    """A `<log>` (5.3.13)."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entered:
    """A document begins to be interpreted."""

    url: str


@dataclass(frozen=True, slots=True)
class Thrown:
    """An event was thrown; `caught_by` names the handler, e.g. "line 12" or "platform", None when nobody caught it."""

    name: str
    message: str
    caught_by: str | None


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Hang up, the prompts before it played (5.3.11)."""


class EndReason(StrEnum):
    """Why a dialogue ended: `<exit>`, nothing left to do, `<disconnect>`, the caller's hang-up, an uncaught error."""

    EXIT = "exit"
    END = "end"
    DISCONNECT = "disconnect"
    HANGUP = "hangup"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Ended:
    """The dialogue is over; the last command of all. `error` names the event that nobody caught, with its message."""

    reason: EndReason
    values: Mapping[str, Json] = field(default_factory=dict)
    error: str | None = None


Ask = Fetch | Collect | Play | Breathe
Tell = Log | Entered | Thrown | Disconnect | Ended
Command = Ask | Tell


# ---- answers ----


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back, whatever the status. `url` is the address after redirects; header names are lower-case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """Nothing came back; `message` says why."""

    message: str


@dataclass(frozen=True, slots=True)
class Recognized:
    """Input that a grammar allows, alternatives best first; `key` names the grammar of the first.

    `confidence` is the first one's; `confidences` has one for each match, or is empty where all have that one.
    """

    key: int
    mode: Mode
    matches: tuple[Match, ...]
    confidence: float = 1.0
    confidences: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class NotMatched:
    """Input that no grammar allows, or not surely enough."""

    mode: Mode
    utterance: str
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class NothingHeard:
    """No input within the timeout."""


@dataclass(frozen=True, slots=True)
class SpokeTooLong:
    """The caller was still speaking after the maxspeechtimeout: the event `maxspeechtimeout` (5.2.6)."""


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to `Play` and `Breathe`."""


Reply = Fetched | FetchFailed | Recognized | NotMatched | NothingHeard | SpokeTooLong | Done


# ---- notices ----


@dataclass(frozen=True, slots=True)
class SessionChanged:
    """A session variable has a new value; `path` is dotted, without `session.`."""

    path: str
    value: Json


@dataclass(frozen=True, slots=True)
class CallerHungUp:
    """The caller is gone: `connection.disconnect.hangup` at the next waiting state (1.5.4)."""


Notice = SessionChanged | CallerHungUp

"""What a driver says to the interpreter: answers to its asks, and notices. Spans are seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mirabelle.vxml_interpreter.grammar.matching import Match, Mode
from mirabelle.vxml_interpreter.script import Json

# ---- what fetches bring (6.1) ----


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back, whatever the status. `url` is the address after redirects; header names are lower-case.

    `cached`: it had been kept, and no server was asked (6.1.2).
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    cached: bool = False


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """Nothing came back; `message` says why."""

    message: str


# ---- what the caller does (3.1.6, 4.1.8) ----


@dataclass(frozen=True, slots=True)
class Recording:
    """Sound of the caller that the driver keeps. `url` is how prompts and submissions name it; `size` is in bytes,
    `type` its media type."""

    url: str
    type: str
    size: int
    duration: float


@dataclass(frozen=True, slots=True)
class MarkPassed:
    """The last mark that was passed in the prompts of an ask, and how long before these were over or cut short: seconds
    (VoiceXML 2.1, 4)."""

    name: str
    ago: float


@dataclass(frozen=True, slots=True)
class Recognized:
    """Input that a grammar allows, alternatives best first; `key` names the grammar of the first.

    `confidence` is the first one's; `confidences` has one for each match, or is empty where all have that one.
    `recording` is the utterance, where the ask wanted it kept.
    """

    key: int
    mode: Mode
    matches: tuple[Match, ...]
    confidence: float = 1.0
    confidences: tuple[float, ...] = ()
    mark: MarkPassed | None = None
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class NotMatched:
    """Input that no grammar allows, or not surely enough."""

    mode: Mode
    utterance: str
    confidence: float = 0.0
    mark: MarkPassed | None = None
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class NothingHeard:
    """No input within the timeout."""


@dataclass(frozen=True, slots=True)
class SpokeTooLong:
    """The caller was still speaking after the maxspeechtimeout: the event `maxspeechtimeout` (5.2.6)."""


# ---- recordings, transfers, objects (2.3.5 to 2.3.7) ----


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording is over. `recording` None: it was ended before any sound. `matched` is the input that ended it,
    `maxtime` whether its time was up, `hung_up` whether the caller's hang-up ended it, which needs no notice besides.
    """

    recording: Recording | None
    maxtime: bool = False
    hung_up: bool = False
    matched: Recognized | None = None
    mark: MarkPassed | None = None


@dataclass(frozen=True, slots=True)
class RecordFailed:
    """A recording could not be made: `event` is `error.unsupported.format`, `error.noresource`..."""

    event: str
    message: str


class TransferOutcome(StrEnum):
    """How a transfer went (Tables 21 to 24). `CONNECTED`: the caller has been handed over and is gone from here.
    `HANGUP`: the caller hung up, before or while being connected."""

    CONNECTED = "connected"
    FAR_END_DISCONNECT = "far_end_disconnect"
    NEAR_END_DISCONNECT = "near_end_disconnect"
    BUSY = "busy"
    NOANSWER = "noanswer"
    NETWORK_BUSY = "network_busy"
    NETWORK_DISCONNECT = "network_disconnect"
    MAXTIME_DISCONNECT = "maxtime_disconnect"
    UNKNOWN = "unknown"
    HANGUP = "hangup"


@dataclass(frozen=True, slots=True)
class Transferred:
    """A transfer is over. `duration` is how long the parties were connected; `matched` the input that ended it."""

    outcome: TransferOutcome
    duration: float = 0.0
    matched: Recognized | None = None


@dataclass(frozen=True, slots=True)
class TransferFailed:
    """A transfer could not be tried: `event` is one of `error.connection.*` or `error.unsupported.*`."""

    event: str
    message: str


@dataclass(frozen=True, slots=True)
class Invoked:
    """What an object returned: the value of its form item."""

    value: Json


@dataclass(frozen=True, slots=True)
class InvokeFailed:
    """An object failed: `event` is `error.unsupported.objectname`, or one of its own."""

    event: str
    message: str


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to `Play` and `Breathe`."""


Heard = Recognized | NotMatched | NothingHeard | SpokeTooLong
Reply = (
    Fetched
    | FetchFailed
    | Heard
    | Recorded
    | RecordFailed
    | Transferred
    | TransferFailed
    | Invoked
    | InvokeFailed
    | Done
)


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

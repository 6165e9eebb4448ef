"""What a leg can do besides talking: record its far end, and transfer it to a third party."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mirabelle.vxml_interpreter.answers import TransferOutcome
from mirabelle.vxml_interpreter.commands import TransferKind
from mirabelle.vxml_interpreter.speech.prompt import Audio

# The audio of the tone before a recording, as prompts name it; it sounds for a quarter of a second.
BEEP: Final = "builtin:beep"


@dataclass(frozen=True, slots=True)
class RecordRequest:
    """What to record of the far end. Spans are seconds.

    `type` is one of the `recording_types`. `timeout`: how long to wait for a sound. `maxtime`: the longest, from the
    first sound on; `largest`: the most bytes; either ends it as `MAXTIME`. `finalsilence` after a sound ends it, too,
    and is no part of it. Whoever speaks already when it begins is recorded from there on.
    """

    type: str
    timeout: float
    maxtime: float
    finalsilence: float
    largest: int


@dataclass(frozen=True, slots=True)
class TransferRequest:
    """Where to transfer the far end. Spans are seconds.

    `connecttimeout`: how long to wait for the answer. `maxtime`: how long a bridge may last from the answer on.
    `audio` is played until the answer. `information` is for the one who answers (aai), and may be dropped.
    """

    kind: TransferKind
    destination: str
    connecttimeout: float
    maxtime: float
    audio: Audio | None = None
    information: str = ""


class RecordingEnding(StrEnum):
    """What ended a recording: silence after sound, its longest or largest, no sound in time, `stop_recording`, the
    end of the leg, or that it could not be made."""

    FINAL_SILENCE = "final silence"
    MAXTIME = "maxtime"
    NO_SOUND = "no sound"
    STOPPED = "stopped"
    HUNG_UP = "hung up"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SoundRecorded:
    """A piece of the recording under way, in the format that was asked for: header and all, in order."""

    at: float
    data: bytes


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """The recording is over: exactly one for each `record`, after its last piece and before `HungUp`.

    `duration` is the sound's length, 0 when there was none; then there are no pieces either. `head` replaces as many
    bytes at the beginning: a header that only now knows the length. `text` says why it failed.
    """

    at: float
    ending: RecordingEnding
    duration: float = 0.0
    head: bytes = b""
    text: str = ""


class TransferProblem(StrEnum):
    """Why a transfer could not be tried: the error in the script (VoiceXML 2.0, Table 25)."""

    BAD_DESTINATION = "error.connection.baddestination"
    NO_AUTHORIZATION = "error.connection.noauthorization"
    NO_ROUTE = "error.connection.noroute"
    NO_RESOURCE = "error.connection.noresource"
    PROTOCOL = "error.connection.protocol"


@dataclass(frozen=True, slots=True)
class TransferAnswered:
    """The far end of a bridge has answered: both parties hear each other."""

    at: float


@dataclass(frozen=True, slots=True)
class TransferEnded:
    """The transfer is over. `CONNECTED`: the caller has been handed over, and `HungUp` follows.

    A transfer has exactly one of this and of `TransferRefused`, unless the leg ends first.
    """

    at: float
    outcome: TransferOutcome


@dataclass(frozen=True, slots=True)
class TransferRefused:
    """The transfer could not be tried. `code`: that of the protocol, for `PROTOCOL`."""

    at: float
    problem: TransferProblem
    text: str
    code: int | None = None


RecordingEvent = SoundRecorded | RecordingEnded
TransferEvent = TransferAnswered | TransferEnded | TransferRefused

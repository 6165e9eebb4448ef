"""TelephonyBackend and Leg: how calls are placed and what is heard on them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from mirabelle.core.interfaces.component import Component
from mirabelle.core.interfaces.telephony_services import (
    RecordingEvent,
    RecordRequest,
    TransferEvent,
    TransferRequest,
)
from mirabelle.vxml_interpreter.commands import TransferKind
from mirabelle.vxml_interpreter.speech.prompt import Prompt


class Tone(StrEnum):
    """Tones of call progress, fax machines and answering machines."""

    BUSY = "busy"
    REORDER = "reorder"
    SPECIAL_INFORMATION = "special_information"
    FAX_ANSWER = "ced"
    FAX_CALLING = "cng"
    BEEP = "beep"


class EndedBy(StrEnum):
    """Who ended a leg."""

    CALLEE = "callee"
    PLATFORM = "platform"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a leg ended: a Q.850 cause, a SIP status, or both, as far as the backend knows them."""

    by: EndedBy
    q850: int | None = None
    sip: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ringing:
    """The far end rings. `at` of this and every other event: monotonic seconds of the lent clock."""

    at: float


@dataclass(frozen=True, slots=True)
class Answered:
    """The far end has answered; from here on both sides hear each other."""

    at: float


@dataclass(frozen=True, slots=True)
class ToneHeard:
    """A tone from the far end, before or after the answer."""

    at: float
    tone: Tone


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """The far end has begun to speak."""

    at: float


@dataclass(frozen=True, slots=True)
class Spoke:
    """The far end has spoken, from `began` to `at`. `alternatives` are (words, confidence 0..1), best first.

    Empty `alternatives`: sound of that length without words that could be told. `sound` is a whole recording of it,
    while the leg keeps utterances.
    """

    at: float
    began: float
    alternatives: tuple[tuple[str, float], ...]
    sound: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """The far end pressed one key: 0-9 * # A-D."""

    at: float
    key: str


@dataclass(frozen=True, slots=True)
class PromptBegan:
    """The prompt of that index in the current `play` begins to be heard."""

    at: float
    index: int


@dataclass(frozen=True, slots=True)
class MarkReached:
    """A mark of that name has been passed: what stands before it in its prompt has been heard."""

    at: float
    name: str


@dataclass(frozen=True, slots=True)
class Played:
    """The current `play` is over: wholly heard (`cut` None), or stopped in or just before the prompt of index `cut`."""

    at: float
    cut: int | None = None


@dataclass(frozen=True, slots=True)
class HungUp:
    """The leg is over. Exactly one a leg, and nothing after it."""

    at: float
    cause: Cause


LegEvent = (
    Ringing
    | Answered
    | ToneHeard
    | SpeechBegan
    | Spoke
    | Pressed
    | PromptBegan
    | MarkReached
    | Played
    | RecordingEvent
    | TransferEvent
    | HungUp
)
Report = Callable[[LegEvent], None]


@dataclass(frozen=True, slots=True)
class DialRequest:
    """What to dial. `destination` is E.164 with "+", or a URI of a scheme that the backend claims.

    `post_dial`: what the platform sends through `send_digits` after the answer; here for the backend's records.
    `max_ring_time`: seconds of ringing after which the backend gives up with `EndedBy.PLATFORM` and Q.850 cause 19.
    """

    call_id: int
    attempt: int
    destination: str
    caller_id: str | None
    post_dial: str | None
    max_ring_time: float


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a backend's legs can do; a lack becomes the right `error.unsupported.*` in the script.

    `recording_types` are the media types in which they record, and in which they keep utterances, if they do: the
    first of them where scripts do not say.
    """

    record: bool = False
    keeps_utterances: bool = False
    transfer_blind: bool = False
    transfer_bridge: bool = False
    transfer_consultation: bool = False
    recording_types: tuple[str, ...] = ()

    def transfers(self, kind: TransferKind) -> bool:
        """Whether they can be transferred so."""
        return {
            TransferKind.BLIND: self.transfer_blind,
            TransferKind.BRIDGE: self.transfer_bridge,
            TransferKind.CONSULTATION: self.transfer_consultation,
        }[kind]


class Leg(ABC):
    """One call on the telephone. Its events go to the `report` that `dial` was given, in order, from the event loop."""

    @abstractmethod
    def send_digits(self, digits: str) -> None:
        """Press these keys towards the far end; `p` is a pause of one second."""

    @abstractmethod
    def hang_up(self) -> None:
        """End the leg; `HungUp` follows. Does nothing when it is over."""


class TextLeg(Leg):
    """A leg that is spoken to in text: loopback, or a platform with speech of its own.

    Text takes 60 ms a character, a break its length, audio the length in its header or 2 s, the audio `BEEP` a quarter
    of a second.
    """

    @abstractmethod
    def play(self, prompts: Sequence[Prompt], listening: bool) -> None:
        """Begin to play these after each other; `PromptBegan` for each that is reached, `MarkReached` for each mark in
        what is heard, `Played` at the end.

        `listening`: the dialogue waits for input. An empty sequence answers `Played` at once.
        """

    @abstractmethod
    def stop(self) -> None:
        """Fall silent at once; `Played` with `cut` follows if anything was playing."""

    def keep_utterances(self, media_type: str | None) -> None:
        """From now on `Spoke` has the sound of what was said, as that of the `recording_types`; None: no more.

        Asked only of legs whose backend says `keeps_utterances`, but for None.
        """

    def record(self, request: RecordRequest) -> None:
        """Begin to record what the far end says; `SoundRecorded` for each piece, then `RecordingEnded`.

        Keys are reported meanwhile as ever. Asked only of legs whose backend says `record`, while nothing plays.
        """
        raise NotImplementedError(f"{type(self).__name__} does not record")

    def stop_recording(self) -> None:
        """End the recording now. Does nothing when there is none."""

    def transfer(self, request: TransferRequest) -> None:
        """Begin to transfer the far end; `TransferAnswered` when a bridge is up, at last `TransferEnded` or
        `TransferRefused`.

        Keys and speech of the far end are reported meanwhile as ever. Asked only of legs whose backend says that they
        can, while nothing plays.
        """
        raise NotImplementedError(f"{type(self).__name__} does not transfer")

    def end_transfer(self) -> None:
        """Let the third party go; `TransferEnded` follows. Does nothing when there is none, or no way back."""


class TelephonyBackend(Component):
    """Places calls. `schemes` are the URI schemes it dials: `tel` for telephone numbers, or its own; its legs can be
    transferred to the same. `simulated`: nobody outside of this machine is ever called.
    """

    schemes: ClassVar[frozenset[str]]
    capabilities: ClassVar[Capabilities] = Capabilities()
    simulated: ClassVar[bool] = False

    @property
    def channels(self) -> int | None:
        """How many legs it can have at once. None: no limit of its own."""
        return None

    def check_destination(self, uri: str) -> str | None:
        """Why a URI of one of its own schemes cannot be dialled; None when it can."""
        return None

    @abstractmethod
    def dial(self, request: DialRequest, report: Report) -> Leg:
        """Begin to dial and return at once; `report` hears the rest and, last, exactly one `HungUp`."""

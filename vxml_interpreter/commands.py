"""What the interpreter asks and tells its driver; the answers are in `answers`.

An *ask* gets exactly one answer and is the last of the commands that `start` or `handle` returns; a *tell* gets none.
A *notice* may come at any time, also while an ask is open. Spans are seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mirabelle.vxml_interpreter.grammar.matching import Grammar, Mode
from mirabelle.vxml_interpreter.script import Json
from mirabelle.vxml_interpreter.speech.prompt import Audio, Prompt

# ---- asks ----


class Purpose(StrEnum):
    """What a fetched resource is for."""

    DOCUMENT = "document"
    SCRIPT = "script"
    GRAMMAR = "grammar"
    AUDIO = "audio"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A recording that is submitted; `url` is the one that `Recording` gave it."""

    url: str


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """A resource to be fetched (6.1). `url` is absolute, without fragment; `fields` go with it in this order.

    `method` is get or post; `fields` of a get belong to the query; a field that is an `Attachment` is sent as a file,
    which only multipart/form-data can. `timeout` None: the property fetchtimeout's default.
    """

    url: str
    purpose: Purpose = Purpose.DOCUMENT
    method: str = "get"
    fields: tuple[tuple[str, "str | Attachment"], ...] = ()
    enctype: str = "application/x-www-form-urlencoded"
    timeout: float | None = None
    maxage: float | None = None
    maxstale: float | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """Fetch this; play the prompts meanwhile. Answered by `Fetched` or `FetchFailed`.

    The prompts begin when the fetch has taken `delay`, and play for at least `minimum` once they have (6.1.1).
    """

    request: FetchRequest
    prompts: tuple[Prompt, ...] = ()
    delay: float = 0.0
    minimum: float = 0.0


@dataclass(frozen=True, slots=True)
class ActiveGrammar:
    """A grammar that listens; `key` tells the interpreter to whom it belongs. Earlier ones take precedence (3.1.4).

    `weight` is for recognizers (3.1.1.3); `name` says which grammar it is, to people.
    """

    key: int
    grammar: Grammar
    weight: float = 1.0
    name: str = ""


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
    """Play the prompts, then wait: `Recognized`, `NotMatched`, `NothingHeard` or `SpokeTooLong` answers, or
    `RecordFailed` where the utterance cannot be kept as `keep` says.

    `keep` is the media type in which the utterance is to be kept (recordutterance, VoiceXML 2.1, 7), "" for any;
    None: it is not.
    """

    prompts: tuple[Prompt, ...]
    grammars: tuple[ActiveGrammar, ...]
    timing: InputTiming
    modes: frozenset[Mode]
    keep: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Play the prompts, then record (2.3.6). Answered by `Recorded` or `RecordFailed`, or by `NothingHeard` when
    nothing was said within the timeout.

    `grammars` are those whose input ends the recording. `maxtime` None: as long as the driver allows. `finalsilence`
    ends it, None: as the driver sees fit; `type` is the media type asked for, "" for any.
    """

    prompts: tuple[Prompt, ...]
    grammars: tuple[ActiveGrammar, ...]
    timing: InputTiming
    modes: frozenset[Mode]
    beep: bool
    maxtime: float | None
    finalsilence: float | None
    type: str = ""


class TransferKind(StrEnum):
    """The types of transfer (2.3.7; VoiceXML 2.1, 9)."""

    BLIND = "blind"
    BRIDGE = "bridge"
    CONSULTATION = "consultation"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Play the prompts, then transfer the caller (2.3.7). Answered by `Transferred` or `TransferFailed`.

    `grammars` listen to the caller while a bridge lasts. `connecttimeout` None: as the driver sees fit. `maxtime` 0:
    without end. `audio` is heard until the far end answers. `information` goes to the far end (aai).
    """

    prompts: tuple[Prompt, ...]
    kind: TransferKind
    destination: str
    grammars: tuple[ActiveGrammar, ...]
    timing: InputTiming
    modes: frozenset[Mode]
    connecttimeout: float | None
    maxtime: float
    audio: Audio | None = None
    information: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A `<param>` (2.3.5, Table 26): `type` is a media type where `ref` says that the value is the URI of data."""

    name: str
    value: Json
    ref: bool = False
    type: str = ""


@dataclass(frozen=True, slots=True)
class Invoke:
    """Play the prompts, then run an object of the platform (2.3.5). Answered by `Invoked` or `InvokeFailed`."""

    prompts: tuple[Prompt, ...]
    classid: str
    parameters: tuple[Parameter, ...]
    codebase: str = ""
    codetype: str = ""
    data: str = ""
    type: str = ""
    archive: str = ""


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
class Unheard:
    """A prompt is played in final processing, where nobody hears it (1.5.4)."""

    prompt: Prompt


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
class Lenient:
    """A document was forgiven something: the leniency's name, what was made of it, and the lines that needed it."""

    name: str
    message: str
    url: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Prefetch:
    """This will probably be fetched soon (6.1.3): a driver may begin, or not. Nobody hears whether that fails."""

    request: FetchRequest


@dataclass(frozen=True, slots=True)
class Traced:
    """A step of the algorithm for people to follow, told when the settings say `trace`.

    `step` is a word for what it is ("select", "guard", "queue", "activate", "catch", "set"...), `text` the sentence;
    `url` and `line` say where the element is.
    """

    step: str
    text: str
    url: str
    line: int


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Hang up, the prompts before it played (5.3.11). `values` are those of its namelist (VoiceXML 2.1, 8)."""

    values: Mapping[str, Json] = field(default_factory=dict)


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


Ask = Fetch | Collect | Record | Transfer | Invoke | Play | Breathe
Tell = Log | Unheard | Entered | Thrown | Traced | Lenient | Prefetch | Disconnect | Ended
Command = Ask | Tell

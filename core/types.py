"""The nouns of the platform. Frozen values; nothing here imports anything of ours.

Instants named `*_at` are UNIX seconds on the platform's clock; spans are seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class CalleeType(StrEnum):
    """Who or what answered, as result_url and the script see it (contract, section 8)."""

    PROCESSING = "processing"
    VOICE = "voice"
    ANSWERINGMACHINE = "answeringmachine"
    FAXMACHINE = "faxmachine"
    BUSY = "busy"
    NOANSWER = "noanswer"
    INFORMATIONTONE = "informationtone"
    LINEFAILURE = "linefailure"
    NOATTEMPT = "noattempt"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """The `result` field of result_url."""

    COMPLETED = "Completed"
    FAILED = "Failed"


class CallState(StrEnum):
    """Where a call is on its way; the moves between them are `lifecycle.TRANSITIONS`."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    DIALLING = "dialling"
    ANSWERED = "answered"
    FINISHED = "finished"


class AttemptState(StrEnum):
    """Where one attempt of a call is."""

    DIALLING = "dialling"
    ANSWERED = "answered"
    ENDED = "ended"
    INTERRUPTED = "interrupted"


class CalleeDetection(StrEnum):
    """Whether and when the callee is classified (contract, section 2)."""

    OFF = "off"
    ASYNC = "async"
    SYNC = "sync"
    BEEP = "beep"


class Acknowledgement(StrEnum):
    """What in an answer to result_url counts as received (contract, section 7)."""

    BODY = "body"
    STATUS = "status"


class Command(StrEnum):
    """What can be asked of the node that has a call."""

    HANG_UP = "hang_up"


@dataclass(frozen=True, slots=True)
class Account:
    """A client of the platform and its settings. Holds no secret."""

    login: str
    region: str = "US"
    time_zone: str = "UTC"
    callee_detection: CalleeDetection = CalleeDetection.ASYNC
    strict_numbers: bool = False
    start_url_method: str = "post"
    acknowledgement: Acknowledgement = Acknowledgement.BODY
    retry_interrupted: bool = False
    channels: int | None = None


@dataclass(frozen=True, slots=True)
class AccountSecrets:
    """What proves an account, and what signs its results. Never logged: `repr` shows nothing."""

    pin_hash: str = field(repr=False)
    webhook_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client presents to `authenticate`: login and PIN. Never logged: `repr` hides the PIN."""

    login: str
    pin: str = field(repr=False)
    address: str | None = None


@dataclass(frozen=True, slots=True)
class CallRequest:
    """One call as its client asked for it, checked and normalised.

    `phone_number` is what the client sent, to the letter; `destination` is what is dialled: E.164 with "+",
    or the whole URI of a scheme that a telephony backend claims. `expires_at` None: the window never closes.
    """

    account: str
    phone_number: str
    destination: str
    start_url: str
    caller_id: str | None = None
    post_dial: str | None = None
    result_url: str | None = None
    message_reference: str = ""
    call_parameters: str = ""
    campaign_parameters: str = ""
    campaign: str = "default"
    max_retries: int = 0
    retry_interval: float = 600.0
    not_before_at: float = 0.0
    expires_at: float | None = None
    callee_detection: CalleeDetection = CalleeDetection.ASYNC
    max_ring_time: float = 30.0
    time_zone: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """When the storage offers a call, and in which rank: lower ranks first among the calls that are due."""

    at: float
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One dialling of a call. `number` counts from 1; an instant is None until it has happened."""

    number: int
    state: AttemptState
    started_at: float
    answered_at: float | None = None
    ended_at: float | None = None
    callee_type: CalleeType = CalleeType.UNKNOWN
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """How a call ended: the facts that result_url reports. `duration` is whole seconds, answer to hang-up."""

    outcome: Outcome
    callee_type: CalleeType
    attempts: int
    last_attempt_at: float | None
    duration: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call in the queue: the request and where it is. `last_attempt` is None before the first dialling."""

    id: int
    request: CallRequest
    state: CallState
    queued_at: float
    due: Due
    attempts: int = 0
    last_attempt: Attempt | None = None
    result: Result | None = None
    waiting_for: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right of one node to move one call, until the lease ends. A later claim has a higher token."""

    call: Call
    token: int
    owner: str
    lease_until: float


@dataclass(frozen=True, slots=True)
class Room:
    """Free channels. None: no limit. An account or a campaign that is not named has no limit of its own."""

    platform: int | None = None
    accounts: Mapping[str, int] = field(default_factory=dict)
    campaigns: Mapping[tuple[str, str], int] = field(default_factory=dict)


class DeliveryState(StrEnum):
    """Where a result's delivery is. DEAD: kept, visible, resendable."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One result on its way to one URL. `id` and `body` never change; `tries` counts the posts made."""

    id: str
    call_id: int
    account: str
    url: str
    content_type: str
    body: bytes
    created_at: float
    due_at: float
    tries: int = 0
    state: DeliveryState = DeliveryState.PENDING
    last_error: str = ""


class EventKind(StrEnum):
    """What happened, as `observe`, the log and the journal name it."""

    QUEUED = "queued"
    DEFERRED = "deferred"
    DIALLING = "dialling"
    RINGING = "ringing"
    ANSWERED = "answered"
    VERDICT = "verdict"
    DOCUMENT = "document"
    LENIENT = "lenient"
    PROMPT = "prompt"
    UNHEARD = "unheard"
    LISTEN = "listen"
    INPUT = "input"
    RECOGNIZED = "recognized"
    NOMATCH = "nomatch"
    NOINPUT = "noinput"
    FETCH = "fetch"
    RECORD = "record"
    TRANSFER = "transfer"
    OBJECT = "object"
    LOG = "log"
    THROWN = "thrown"
    TRACE = "trace"
    SESSION = "session"
    DISCONNECT = "disconnect"
    EXIT = "exit"
    HUNG_UP = "hung_up"
    ATTEMPT_ENDED = "attempt_ended"
    INTERRUPTED = "interrupted"
    EXPIRED = "expired"
    FINISHED = "finished"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    DELIVERY_DEAD = "delivery_dead"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a call's story. `call_id` is None for what concerns no call; `data` is JSON-safe."""

    kind: EventKind
    at: float
    call_id: int | None = None
    attempt: int | None = None
    data: Mapping[str, object] = field(default_factory=dict)

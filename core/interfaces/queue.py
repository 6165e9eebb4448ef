"""QueueStorage: calls, attempts, leases and the outbox of results, each method atomic and durable."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mirabelle.core.interfaces.component import Component
from mirabelle.core.types import (
    Attempt,
    Call,
    CalleeType,
    CallRequest,
    CallState,
    Claim,
    Command,
    Delivery,
    DeliveryState,
    Due,
    Result,
    Room,
)


class LeaseLost(Exception):
    """The claim's token is stale: another node has the call now, or it has ended. Nothing was changed."""


class NotFound(Exception):
    """No call or delivery has that id."""


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """`key` is unique within an account until `expires_at`; `memo` is kept with it and given back."""

    key: str
    expires_at: float
    memo: str = ""


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call to be queued, and when its policies let it start."""

    request: CallRequest
    due: Due
    idempotency: IdempotencyKey | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """The answer to one `NewCall`. `repeated`: nothing was queued, the id and memo are those of the first."""

    call_id: int
    repeated: bool = False
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Deferral:
    """Put a claimed call back until later. It does not count as an attempt."""

    claim: Claim
    due: Due
    reason: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of an attempt, of a call, or of both.

    `callee_type`, `cause` and `interrupted` describe the attempt that runs, if one does. Exactly one of `retry` (the
    call goes back to the queue) and `result` (the call is over; `deliveries` go to the outbox) is given.
    """

    claim: Claim
    at: float
    callee_type: CalleeType
    cause: str = ""
    interrupted: bool = False
    retry: Due | None = None
    result: Result | None = None
    deliveries: tuple[Delivery, ...] = ()


class QueueStorage(Component):
    """Where calls wait and results are kept until they are delivered.

    Every coroutine is atomic and returns once its effect is durable; concurrent calls may share one commit, each
    under its own savepoint. Methods on many answer per item, in the order given: an item whose token is stale
    answers `LeaseLost` and stays unchanged, as do the others' effects. Times are arguments; no clock is read.
    """

    @abstractmethod
    async def add_many(self, calls: Sequence[NewCall], at: float) -> list[Added]:
        """Queue all of them or none. Ids are positive and rise in the order given."""

    @abstractmethod
    async def claim(self, now: float, owner: str, lease_until: float, room: Room, limit: int) -> list[Claim]:
        """Take at most `limit` calls that are queued, due, not expired, and for which there is room.

        By rank, then due time, then id, in turns between accounts: each account's first before any account's second.
        """

    @abstractmethod
    async def defer_many(self, deferrals: Sequence[Deferral]) -> list[LeaseLost | None]:
        """Put claimed calls back, not to be offered before their new due time."""

    @abstractmethod
    async def dial_many(self, claims: Sequence[Claim], at: float) -> list[Claim | LeaseLost]:
        """Record that these are about to be dialled. From here the attempt exists, whatever happens next."""

    @abstractmethod
    async def answered(self, claim: Claim, at: float) -> None:
        """Record the answer of the running attempt. Raises `LeaseLost`."""

    @abstractmethod
    async def renew_many(self, claims: Sequence[Claim], lease_until: float) -> list[LeaseLost | None]:
        """Keep these claims until then; the tokens stay."""

    @abstractmethod
    async def lapsed(self, now: float, owner: str, lease_until: float, limit: int) -> list[Claim]:
        """Take over calls whose lease has ended, with new tokens. A call that was merely claimed goes back to the
        queue instead and is not returned; what is returned had an attempt under way."""

    @abstractmethod
    async def expire(self, now: float, owner: str, lease_until: float, limit: int) -> list[Claim]:
        """Take queued calls whose window has closed (`expires_at` at or before `now`), for their results."""

    @abstractmethod
    async def cancel(self, call_id: int, now: float, owner: str, lease_until: float) -> Claim | None:
        """Take one queued call for its result. None: it is not queued. Raises `NotFound`."""

    @abstractmethod
    async def finish_many(self, finishes: Sequence[Finish]) -> list[LeaseLost | None]:
        """Store ends of attempts, results and deliveries: each finish wholly or not at all."""

    @abstractmethod
    async def next_due(self, now: float) -> float | None:
        """The earliest instant after `now` at which a call falls due, expires or lapses, or a delivery is due."""

    @abstractmethod
    async def call(self, call_id: int) -> Call:
        """One call. Raises `NotFound`."""

    @abstractmethod
    async def attempts(self, call_id: int) -> list[Attempt]:
        """The attempts of a call, first to last; empty when it was never dialled. Raises `NotFound`."""

    @abstractmethod
    async def counts(self) -> Mapping[CallState, int]:
        """How many calls are in each state. Kept as calls move, never scanned."""

    @abstractmethod
    async def running(self) -> Room:
        """Channels in use (claimed, dialling, answered): in the shape of a room, with no None in it."""

    @abstractmethod
    async def send(self, call_id: int, command: Command) -> None:
        """Leave a command for the node that has the call. Raises `NotFound`."""

    @abstractmethod
    async def commands(self, owner: str) -> list[tuple[int, Command]]:
        """Take the commands that wait for calls of this owner; each is given once."""

    @abstractmethod
    async def claim_deliveries(self, now: float, lease_until: float, limit: int) -> list[Delivery]:
        """Take pending deliveries that are due, oldest first; nobody else is offered them before `lease_until`."""

    @abstractmethod
    async def delivered(self, delivery_id: str, at: float) -> None:
        """The receiver has acknowledged it. Counts one try. Raises `NotFound`."""

    @abstractmethod
    async def postpone_delivery(self, delivery_id: str, due_at: float, error: str) -> None:
        """A try failed; the next is due then. Counts one try. Raises `NotFound`."""

    @abstractmethod
    async def bury_delivery(self, delivery_id: str, at: float, error: str) -> None:
        """The last try failed: it becomes a dead letter. Counts one try. Raises `NotFound`."""

    @abstractmethod
    async def resend_delivery(self, delivery_id: str, at: float) -> None:
        """Make a dead letter pending and due again, its tries counted anew. Raises `NotFound`."""

    @abstractmethod
    async def deliveries(
        self, state: DeliveryState | None = None, call_id: int | None = None, limit: int = 100
    ) -> list[Delivery]:
        """Deliveries by state and call, newest first."""

"""QueueStorage: calls, attempts, leases and the outbox of results, each method atomic and durable."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

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
    """`key` is unique within an account before `expires_at`, free again from then on; `memo` is kept with it."""

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
    call goes back to the queue) and `result` (the call is over; `deliveries` go to the outbox) is given. Raises
    `ValueError` when these do not fit together.
    """

    claim: Claim
    at: float
    callee_type: CalleeType
    cause: str = ""
    interrupted: bool = False
    retry: Due | None = None
    result: Result | None = None
    deliveries: tuple[Delivery, ...] = ()

    def __post_init__(self) -> None:
        if (self.retry is None) == (self.result is None):
            raise ValueError("a finish has either a retry or a result")
        if self.retry is not None and self.deliveries:
            raise ValueError("a finish with a retry delivers nothing: there is no result yet")
        strangers = [delivery.id for delivery in self.deliveries if delivery.call_id != self.claim.call.id]
        if strangers:
            raise ValueError(f"not deliveries of call {self.claim.call.id}: {', '.join(strangers)}")


class QueueStorage(Component):
    """Where calls wait and results are kept until they are delivered.

    `shared`: other processes that open a storage with the same options see the same calls.

    Every coroutine is atomic and returns once its effect is durable; concurrent calls may share one commit, each
    under its own savepoint. Times are arguments; no clock is read.

    Calls move by the table of `core.lifecycle` and no other way: a move that the table lacks is a mistake of the
    caller's and raises `IllegalMove`; the whole invocation then changes nothing.

    A claim holds until a later one takes its place or the call leaves the node (deferred, retried, finished), also
    when its lease has ended in between. Methods on many answer per item, in the order given: an item whose claim
    holds no longer answers `LeaseLost` and stays unchanged; the others have their effect. One invocation names a call
    once, else it raises `ValueError`.

    What cannot be kept or read (disk full, file locked, storage closed) raises `StorageFailed`; nothing was changed.
    """

    shared: ClassVar[bool] = True

    @abstractmethod
    async def add_many(self, calls: Sequence[NewCall], at: float) -> list[Added]:
        """Queue all of them or none. Ids are positive, rise in the order given and are never used again."""

    @abstractmethod
    async def repeated(self, account: str, key: str, now: float) -> Added | None:
        """The call that has this idempotency key, as `add_many` would answer; None when the key is free."""

    @abstractmethod
    async def claim(self, now: float, owner: str, lease_until: float, room: Room, limit: int) -> list[Claim]:
        """Take at most `limit` calls that are queued, due, not expired, and for which there is room.

        By rank, then due time, then id, in turns between accounts: each account's first before any account's second.
        Turns go on from claim to claim: an account that has had its turn in this round waits for those that have not.
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
        """Take over at most `limit` calls whose lease has ended (`lease_until` at or before `now`), with new tokens,
        the longest ended first. Calls that were merely claimed go back to the queue instead, all of them, and are not
        returned; what is returned has an attempt under way."""

    @abstractmethod
    async def expire(self, now: float, owner: str, lease_until: float, limit: int) -> list[Claim]:
        """Take queued calls whose window has closed (`expires_at` at or before `now`), for their results; the longest
        closed first. Their turns and rooms do not matter."""

    @abstractmethod
    async def cancel(self, call_id: int, now: float, owner: str, lease_until: float) -> Claim | None:
        """Take one queued call for its result. None: it is not queued. Raises `NotFound`."""

    @abstractmethod
    async def finish_many(self, finishes: Sequence[Finish]) -> list[LeaseLost | None]:
        """Store ends of attempts, results and deliveries: each finish wholly or not at all."""

    @abstractmethod
    async def next_due(self, now: float) -> float | None:
        """The earliest instant after `now` at which a queued call falls due or expires, a lease ends, or a delivery
        comes on offer (falls due, or its lease ends). None: nothing will happen by itself."""

    @abstractmethod
    async def call(self, call_id: int) -> Call:
        """One call. Raises `NotFound`."""

    @abstractmethod
    async def attempts(self, call_id: int) -> list[Attempt]:
        """The attempts of a call, first to last; empty when it was never dialled. Raises `NotFound`."""

    @abstractmethod
    async def counts(self) -> Mapping[CallState, int]:
        """How many calls are in each state, every state named. Kept as calls move, never scanned."""

    @abstractmethod
    async def running(self) -> Room:
        """Channels in use (claimed, dialling, answered): in the shape of a room, with no None in it."""

    @abstractmethod
    async def send(self, call_id: int, command: Command) -> None:
        """Leave a command for the node that has the call, or will have it next. A finished call needs none: nothing
        is kept, and what waits is dropped with the result. Raises `NotFound`."""

    @abstractmethod
    async def commands(self, owner: str) -> list[tuple[int, Command]]:
        """Take the commands that wait for calls which this owner holds, oldest first; each is given once."""

    @abstractmethod
    async def claim_deliveries(self, now: float, lease_until: float, limit: int) -> list[Delivery]:
        """Take pending deliveries that are due, the longest on offer first; nobody else is offered them before
        `lease_until`, from which on they are on offer again."""

    @abstractmethod
    async def delivered(self, delivery_id: str, at: float) -> None:
        """The receiver has acknowledged it, which no later news changes. Counts one try. Raises `NotFound`."""

    @abstractmethod
    async def postpone_delivery(self, delivery_id: str, due_at: float, error: str) -> None:
        """A try failed; the next is due then. Counts one try, and no more than that when the delivery is not pending
        any longer: another node was faster. Raises `NotFound`."""

    @abstractmethod
    async def bury_delivery(self, delivery_id: str, at: float, error: str) -> None:
        """The last try failed: it becomes a dead letter, kept until it is resent. Counts one try, and no more than
        that when the delivery is not pending any longer. Raises `NotFound`."""

    @abstractmethod
    async def resend_delivery(self, delivery_id: str, at: float) -> None:
        """Make a delivery, dead or not, pending, due and on offer, its tries counted anew. Raises `NotFound`."""

    @abstractmethod
    async def deliveries(
        self, state: DeliveryState | None = None, call_id: int | None = None, limit: int = 100
    ) -> list[Delivery]:
        """Deliveries by state and call, the last stored first."""

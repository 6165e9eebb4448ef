"""QueueStorage on SQLite."""

from collections.abc import Mapping, Sequence
from functools import partial

from mirabelle.core import lifecycle
from mirabelle.core.interfaces.queue import (
    Added,
    Deferral,
    Finish,
    LeaseLost,
    NewCall,
    QueueStorage,
)
from mirabelle.core.types import (
    Attempt,
    Call,
    CallState,
    Claim,
    Command,
    Delivery,
    DeliveryState,
    Room,
)
from mirabelle.plugins.queue_sqlite import adding, claiming, commands, finishing, outbox, reading
from mirabelle.plugins.queue_sqlite.file import SqliteComponent
from mirabelle.plugins.queue_sqlite.moves import claim_on, move, renew
from mirabelle.plugins.queue_sqlite.records import Stored


class SqliteQueue(SqliteComponent, QueueStorage):
    """Calls, attempts, leases and the outbox in one file; every method is one savepoint in a shared commit."""

    async def add_many(self, calls: Sequence[NewCall], at: float) -> list[Added]:
        """Queue all of them or none."""
        return await self._write(adding.add_many, calls, at)

    async def repeated(self, account: str, key: str, now: float) -> Added | None:
        """The first answer for this key, while it holds."""
        return await self._read(adding.repeated, account, key, now)

    async def claim(self, now: float, owner: str, lease_until: float, room: Room, limit: int) -> list[Claim]:
        """Take calls that are due, in turns between accounts."""
        return await self._write(claiming.claim, now, owner, lease_until, room, limit)

    async def defer_many(self, deferrals: Sequence[Deferral]) -> list[LeaseLost | None]:
        """Put claimed calls back."""
        steps = [(d.claim, partial(lifecycle.deferred, due=d.due, reason=d.reason)) for d in deferrals]
        return _losses(await self._write(move, steps))

    async def dial_many(self, claims: Sequence[Claim], at: float) -> list[Claim | LeaseLost]:
        """Begin the next attempt of each."""
        moved = await self._write(move, [(claim, partial(lifecycle.dialled, at=at)) for claim in claims])
        return [now if isinstance(now, LeaseLost) else claim_on(now) for now in moved]

    async def answered(self, claim: Claim, at: float) -> None:
        """Record the answer of the running attempt."""
        (moved,) = await self._write(move, [(claim, partial(lifecycle.answered, at=at))])
        if isinstance(moved, LeaseLost):
            raise moved

    async def renew_many(self, claims: Sequence[Claim], lease_until: float) -> list[LeaseLost | None]:
        """Keep these claims until then."""
        return await self._write(renew, claims, lease_until)

    async def lapsed(self, now: float, owner: str, lease_until: float, limit: int) -> list[Claim]:
        """Take over the attempts of nodes that are gone; what was merely claimed goes back to the queue."""
        return await self._write(claiming.lapsed, now, owner, lease_until, limit)

    async def expire(self, now: float, owner: str, lease_until: float, limit: int) -> list[Claim]:
        """Take queued calls whose window has closed."""
        return await self._write(claiming.expire, now, owner, lease_until, limit)

    async def cancel(self, call_id: int, now: float, owner: str, lease_until: float) -> Claim | None:
        """Take one queued call for its result."""
        return await self._write(claiming.cancel, call_id, owner, lease_until)

    async def finish_many(self, finishes: Sequence[Finish]) -> list[LeaseLost | None]:
        """Store ends of attempts, results and deliveries."""
        return await self._write(finishing.finish, finishes)

    async def next_due(self, now: float) -> float | None:
        """The earliest instant after `now` at which something happens by itself."""
        return await self._read(claiming.next_instant, now)

    async def call(self, call_id: int) -> Call:
        """One call."""
        return (await self._read(reading.existing, call_id)).call

    async def attempts(self, call_id: int) -> list[Attempt]:
        """The attempts of a call, first to last."""
        return await self._read(reading.attempts, call_id)

    async def counts(self) -> Mapping[CallState, int]:
        """How many calls are in each state."""
        return await self._read(reading.counts)

    async def running(self) -> Room:
        """Channels in use."""
        return await self._read(reading.running)

    async def send(self, call_id: int, command: Command) -> None:
        """Leave a command for the node that has the call."""
        await self._write(commands.send, call_id, command)

    async def commands(self, owner: str) -> list[tuple[int, Command]]:
        """Take the commands that wait for calls which this owner holds."""
        return await self._write(commands.take, owner)

    async def claim_deliveries(self, now: float, lease_until: float, limit: int) -> list[Delivery]:
        """Take pending deliveries that are due."""
        return await self._write(outbox.claim, now, lease_until, limit)

    async def delivered(self, delivery_id: str, at: float) -> None:
        """The receiver has acknowledged it."""
        await self._write(outbox.move, delivery_id, lifecycle.delivered, at)

    async def postpone_delivery(self, delivery_id: str, due_at: float, error: str) -> None:
        """A try failed; the next is due then."""
        step = partial(lifecycle.postponed, due_at=due_at, error=error)
        await self._write(outbox.move, delivery_id, step, None)

    async def bury_delivery(self, delivery_id: str, at: float, error: str) -> None:
        """The last try failed."""
        await self._write(outbox.move, delivery_id, partial(lifecycle.buried, error=error), at)

    async def resend_delivery(self, delivery_id: str, at: float) -> None:
        """Make a delivery pending, due and on offer."""
        await self._write(outbox.move, delivery_id, partial(lifecycle.resent, at=at), None)

    async def deliveries(
        self, state: DeliveryState | None = None, call_id: int | None = None, limit: int = 100
    ) -> list[Delivery]:
        """Deliveries by state and call, the last stored first."""
        return await self._read(outbox.listed, state, call_id, limit)


def _losses(moved: Sequence[Stored | LeaseLost]) -> list[LeaseLost | None]:
    return [now if isinstance(now, LeaseLost) else None for now in moved]

"""Calls, attempts and leases, kept in memory."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from mirabelle.core import lifecycle
from mirabelle.core.interfaces.component import Lent
from mirabelle.core.interfaces.queue import (
    Added,
    Deferral,
    Finish,
    IdempotencyKey,
    LeaseLost,
    NewCall,
    NotFound,
    QueueStorage,
)
from mirabelle.core.lifecycle import HELD, Ending
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
from mirabelle.plugins.queue_memory.outbox import Outbox
from mirabelle.plugins.queue_memory.turns import Turns

Step = tuple[Claim, Callable[[Call], Call]]
_Keys = dict[tuple[str, str], tuple[IdempotencyKey, int]]


@dataclass(slots=True)
class _Entry:
    """A call and who has it. `token` is that of the latest claim, whether it holds or not."""

    call: Call
    attempts: list[Attempt] = field(default_factory=list)
    token: int = 0
    owner: str = ""
    lease_until: float = 0.0


class MemoryQueue(QueueStorage):
    """Where calls wait until the process ends. Atomic because no coroutine waits in the middle; nothing is durable."""

    name = "memory"
    shared = False

    def __init__(self, options: Any, lent: Lent) -> None:
        super().__init__(options, lent)
        self._entries: dict[int, _Entry] = {}
        self._keys: _Keys = {}
        self._counts: Counter[CallState] = Counter()
        self._turns = Turns()
        self._outbox = Outbox()
        self._commands: list[tuple[int, Command]] = []

    async def add_many(self, calls: Sequence[NewCall], at: float) -> list[Added]:
        """Queue all of them."""
        new_entries: list[_Entry] = []
        new_keys: _Keys = {}
        answers = [self._add(new, at, new_entries, new_keys) for new in calls]
        self._entries.update((entry.call.id, entry) for entry in new_entries)
        self._keys.update(new_keys)
        self._counts[CallState.QUEUED] += len(new_entries)
        return answers

    async def repeated(self, account: str, key: str, now: float) -> Added | None:
        """The first answer for this key, while it holds."""
        first, call_id = self._keys.get((account, key), (None, 0))
        return Added(call_id, repeated=True, memo=first.memo) if first and first.expires_at > now else None

    async def claim(self, now: float, owner: str, lease_until: float, room: Room, limit: int) -> list[Claim]:
        """Take calls that are due, in turns between accounts."""
        due = (call for call in self._queued() if call.due.at <= now and not _expired(call, now))
        return [self._claimed(call.id, owner, lease_until) for call in self._turns.take(due, room, limit)]

    async def defer_many(self, deferrals: Sequence[Deferral]) -> list[LeaseLost | None]:
        """Put claimed calls back."""
        return _losses(self._move([(item.claim, _deferral(item)) for item in deferrals]))

    async def dial_many(self, claims: Sequence[Claim], at: float) -> list[Claim | LeaseLost]:
        """Begin the next attempt of each."""
        moved = self._move([(claim, partial(lifecycle.dialled, at=at)) for claim in claims])
        return [call if isinstance(call, LeaseLost) else self._claim_on(call.id) for call in moved]

    async def answered(self, claim: Claim, at: float) -> None:
        """Record the answer of the running attempt."""
        (moved,) = self._move([(claim, partial(lifecycle.answered, at=at))])
        if isinstance(moved, LeaseLost):
            raise moved

    async def renew_many(self, claims: Sequence[Claim], lease_until: float) -> list[LeaseLost | None]:
        """Keep these claims until then."""
        moved = self._move([(claim, lifecycle.renewed) for claim in claims])
        for call in moved:
            if isinstance(call, Call):
                self._entries[call.id].lease_until = lease_until
        return _losses(moved)

    async def lapsed(self, now: float, owner: str, lease_until: float, limit: int) -> list[Claim]:
        """Take over the attempts of nodes that are gone; what was merely claimed goes back to the queue."""
        ended = sorted(self._ended_leases(now), key=lambda entry: (entry.lease_until, entry.call.id))
        for entry in ended:
            if entry.call.state is CallState.CLAIMED:
                self._keep(entry, lifecycle.lapsed(entry.call))
        running = [entry for entry in ended if entry.call.state in HELD]
        return [self._taken(entry, lifecycle.taken_over, owner, lease_until) for entry in running[: max(limit, 0)]]

    async def expire(self, now: float, owner: str, lease_until: float, limit: int) -> list[Claim]:
        """Take queued calls whose window has closed."""
        expired = [call for call in self._queued() if _expired(call, now)]
        expired.sort(key=lambda call: (call.request.expires_at, call.id))
        return [self._claimed(call.id, owner, lease_until) for call in expired[: max(limit, 0)]]

    async def cancel(self, call_id: int, now: float, owner: str, lease_until: float) -> Claim | None:
        """Take one queued call for its result."""
        queued = self._entry(call_id).call.state is CallState.QUEUED
        return self._claimed(call_id, owner, lease_until) if queued else None

    async def finish_many(self, finishes: Sequence[Finish]) -> list[LeaseLost | None]:
        """Store ends of attempts, results and deliveries."""
        held = [finish for finish in finishes if self._held(finish.claim)]
        moved = self._planned([(finish.claim, _end(finish)) for finish in finishes])
        self._outbox.refuse_doubles(delivery for finish in held for delivery in finish.deliveries)
        self._keep_all(moved)
        self._outbox.add(delivery for finish in held for delivery in finish.deliveries)
        over = {finish.claim.call.id for finish in held if finish.result is not None}
        self._commands = [(call_id, command) for call_id, command in self._commands if call_id not in over]
        return _losses(moved)

    async def next_due(self, now: float) -> float | None:
        """The earliest instant after `now` at which something happens by itself."""
        return min((instant for instant in self._instants() if instant > now), default=None)

    async def call(self, call_id: int) -> Call:
        """One call."""
        return self._entry(call_id).call

    async def attempts(self, call_id: int) -> list[Attempt]:
        """The attempts of a call, first to last."""
        return list(self._entry(call_id).attempts)

    async def counts(self) -> Mapping[CallState, int]:
        """How many calls are in each state."""
        return {state: self._counts[state] for state in CallState}

    async def running(self) -> Room:
        """Channels in use."""
        held = [entry.call.request for entry in self._entries.values() if entry.call.state in HELD]
        accounts = Counter(request.account for request in held)
        campaigns = Counter((request.account, request.campaign) for request in held)
        return Room(len(held), dict(accounts), dict(campaigns))

    async def send(self, call_id: int, command: Command) -> None:
        """Leave a command for the node that has the call."""
        if self._entry(call_id).call.state is not CallState.FINISHED:
            self._commands.append((call_id, command))

    async def commands(self, owner: str) -> list[tuple[int, Command]]:
        """Take the commands that wait for calls which this owner holds."""
        held = {
            call_id for call_id, entry in self._entries.items() if entry.call.state in HELD and entry.owner == owner
        }
        taken = [(call_id, command) for call_id, command in self._commands if call_id in held]
        self._commands = [(call_id, command) for call_id, command in self._commands if call_id not in held]
        return taken

    async def claim_deliveries(self, now: float, lease_until: float, limit: int) -> list[Delivery]:
        """Take pending deliveries that are due."""
        return self._outbox.claim(now, lease_until, limit)

    async def delivered(self, delivery_id: str, at: float) -> None:
        """The receiver has acknowledged it."""
        self._outbox.move(delivery_id, lifecycle.delivered)

    async def postpone_delivery(self, delivery_id: str, due_at: float, error: str) -> None:
        """A try failed; the next is due then."""
        self._outbox.move(delivery_id, partial(lifecycle.postponed, due_at=due_at, error=error))

    async def bury_delivery(self, delivery_id: str, at: float, error: str) -> None:
        """The last try failed."""
        self._outbox.move(delivery_id, partial(lifecycle.buried, error=error))

    async def resend_delivery(self, delivery_id: str, at: float) -> None:
        """Make a delivery pending, due and on offer."""
        self._outbox.move(delivery_id, partial(lifecycle.resent, at=at))

    async def deliveries(
        self, state: DeliveryState | None = None, call_id: int | None = None, limit: int = 100
    ) -> list[Delivery]:
        """Deliveries by state and call, the last stored first."""
        return self._outbox.listed(state, call_id, limit)

    def _add(self, new: NewCall, at: float, entries: list[_Entry], keys: _Keys) -> Added:
        place = (new.request.account, new.idempotency.key if new.idempotency else "")
        first, first_id = keys.get(place) or self._keys.get(place) or (None, 0)
        if new.idempotency and first and first.expires_at > at:
            return Added(first_id, repeated=True, memo=first.memo)
        call_id = len(self._entries) + len(entries) + 1
        entries.append(_Entry(lifecycle.queued(call_id, new.request, at, new.due)))
        if new.idempotency:
            keys[place] = (new.idempotency, call_id)
        return Added(call_id, memo=new.idempotency.memo if new.idempotency else "")

    def _entry(self, call_id: int) -> _Entry:
        if call_id not in self._entries:
            raise NotFound(f"no call {call_id}")
        return self._entries[call_id]

    def _queued(self) -> Iterator[Call]:
        return (entry.call for entry in self._entries.values() if entry.call.state is CallState.QUEUED)

    def _ended_leases(self, now: float) -> Iterator[_Entry]:
        held = (entry for entry in self._entries.values() if entry.call.state in HELD)
        return (entry for entry in held if entry.lease_until <= now)

    def _instants(self) -> Iterator[float]:
        for entry in self._entries.values():
            if entry.call.state in HELD:
                yield entry.lease_until
            elif entry.call.state is CallState.QUEUED:
                yield entry.call.due.at
                if entry.call.request.expires_at is not None:
                    yield entry.call.request.expires_at
        yield from self._outbox.instants()

    def _held(self, claim: Claim) -> bool:
        entry = self._entries.get(claim.call.id)
        return entry is not None and entry.call.state in HELD and entry.token == claim.token

    def _move(self, steps: Sequence[Step]) -> list[Call | LeaseLost]:
        """Apply all steps whose claim holds, or none when one of them is illegal."""
        moved = self._planned(steps)
        self._keep_all(moved)
        return moved

    def _planned(self, steps: Sequence[Step]) -> list[Call | LeaseLost]:
        _refuse_repetition(claim.call.id for claim, _ in steps)
        return [self._moved(claim, step) for claim, step in steps]

    def _keep_all(self, moved: Iterable[Call | LeaseLost]) -> None:
        for call in moved:
            if isinstance(call, Call):
                self._keep(self._entries[call.id], call)

    def _moved(self, claim: Claim, step: Callable[[Call], Call]) -> Call | LeaseLost:
        if not self._held(claim):
            return LeaseLost(f"claim {claim.token} on call {claim.call.id} holds no longer")
        return step(self._entries[claim.call.id].call)

    def _keep(self, entry: _Entry, call: Call) -> None:
        self._counts[entry.call.state] -= 1
        self._counts[call.state] += 1
        entry.call = call
        if call.last_attempt is not None:
            entry.attempts[call.last_attempt.number - 1 :] = [call.last_attempt]

    def _claimed(self, call_id: int, owner: str, lease_until: float) -> Claim:
        return self._taken(self._entries[call_id], lifecycle.claimed, owner, lease_until)

    def _taken(self, entry: _Entry, step: Callable[[Call], Call], owner: str, lease_until: float) -> Claim:
        self._keep(entry, step(entry.call))
        entry.token += 1
        entry.owner, entry.lease_until = owner, lease_until
        return self._claim_on(entry.call.id)

    def _claim_on(self, call_id: int) -> Claim:
        entry = self._entries[call_id]
        return Claim(entry.call, entry.token, entry.owner, entry.lease_until)


def _expired(call: Call, now: float) -> bool:
    return call.request.expires_at is not None and call.request.expires_at <= now


def _deferral(item: Deferral) -> Callable[[Call], Call]:
    return partial(lifecycle.deferred, due=item.due, reason=item.reason)


def _end(finish: Finish) -> Callable[[Call], Call]:
    ending = Ending(finish.at, finish.callee_type, finish.cause, finish.interrupted)
    if finish.result is not None:
        return partial(lifecycle.finished, ending=ending, result=finish.result)
    assert finish.retry is not None
    return partial(lifecycle.retried, ending=ending, due=finish.retry)


def _losses(moved: Iterable[Call | LeaseLost]) -> list[LeaseLost | None]:
    return [call if isinstance(call, LeaseLost) else None for call in moved]


def _refuse_repetition(call_ids: Iterable[int]) -> None:
    seen = Counter(call_ids)
    twice = [call_id for call_id, times in seen.items() if times > 1]
    if twice:
        raise ValueError(f"named more than once: calls {', '.join(map(str, twice))}")

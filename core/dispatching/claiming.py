"""From the queue to the telephone: claim what is due, ask the policies, mark it as dialling, start it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from mirabelle.core.dispatching.attempts import Attempts
from mirabelle.core.dispatching.dialling_mark import DiallingMark
from mirabelle.core.dispatching.node import Node
from mirabelle.core.dispatching.patience import DECIDED
from mirabelle.core.dispatching.running import Running
from mirabelle.core.interfaces.policy import Defer, Facts
from mirabelle.core.interfaces.queue import Deferral
from mirabelle.core.observing import problem
from mirabelle.core.outcome import AttemptEnd
from mirabelle.core.scheduling import PolicyFailed
from mirabelle.core.types import Account, CalleeType, Claim, Due, Event, EventKind, Room

FactSource = Callable[[Sequence[Claim]], Awaitable[Sequence[object]]]
"""One fact about each of these claimed calls, in their order."""

# A policy that fails, or an attempt of the call that is still under way here, may be over after that many seconds.
PUT_OFF = 60.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    claim: Claim
    account: Account
    facts: Facts


class UnknownFact(ValueError):
    """A policy needs a fact that nobody can tell."""


class Claiming:
    """One pass takes one batch. Passes follow each other; between two, the room is counted anew."""

    def __init__(
        self,
        node: Node,
        running: Running,
        attempts: Attempts,
        mark: DiallingMark,
        facts: Mapping[str, FactSource],
    ) -> None:
        unknown = node.chain.needs - facts.keys()
        if unknown:
            raise UnknownFact(f"the scheduling policies need {', '.join(sorted(unknown))}, which nobody can tell")
        self._node = node
        self._running = running
        self._attempts = attempts
        self._mark = mark
        self._facts = facts
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Claim nothing more, and put back what is being claimed at this moment."""
        self._stopped.set()

    async def once(self) -> int:
        """Claim one batch and start what is admitted; how many were claimed."""
        node = self._node
        room = await node.patience.ask("counting channels", self._room)
        if self._stopped.is_set() or (room.platform is not None and room.platform <= 0):
            return 0
        claims = await node.patience.ask("claiming calls", lambda: self._claim(room))
        if self._stopped.is_set():
            await self._put_back(claims, "the platform stops")
        elif claims:
            await self._dispatch(claims)
        return len(claims)

    async def _put_back(self, claims: Sequence[Claim], reason: str) -> None:
        """Give claimed calls back to the queue as they were. What cannot be given back comes back by itself: its lease
        ends."""
        await self._defer([Deferral(claim, claim.call.due, reason) for claim in claims])

    async def _room(self) -> Room:
        node = self._node
        limits = await node.accounts.limits()
        if node.options.channels is None and not limits:
            return Room()
        used = await node.storage.running()
        free = None if node.options.channels is None else node.options.channels - (used.platform or 0)
        return Room(free, {login: limit - used.accounts.get(login, 0) for login, limit in limits.items()})

    async def _claim(self, room: Room) -> list[Claim]:
        node = self._node
        return await node.storage.claim(node.clock.now(), node.owner, node.lease_until(), room, node.options.batch)

    async def _dispatch(self, claims: Sequence[Claim]) -> None:
        candidates = await self._looked_up(claims)
        objections = [(candidate, self._objection(candidate)) for candidate in candidates]
        await self._defer([_deferral(candidate.claim, no) for candidate, no in objections if no is not None])
        admitted = [candidate for candidate, no in objections if no is None]
        if admitted:
            await self._dial(admitted)

    async def _looked_up(self, claims: Sequence[Claim]) -> list[_Candidate]:
        """The claims with what must be known of them; none, when that could not be had and they were put back."""
        try:
            columns = {name: await self._facts[name](claims) for name in sorted(self._node.chain.needs)}
            accounts = [await self._node.accounts.get(claim.call.request.account) for claim in claims]
        except Exception as error:  # noqa: BLE001 - without the facts nobody may be called
            now = self._node.clock.now()
            self._node.emit(problem(now, "what must be known before dialling is missing", error))
            missing = Defer(now + PUT_OFF, "what must be known before dialling could not be had")
            await self._defer([_deferral(claim, missing) for claim in claims])
            return []
        return [
            _Candidate(claim, accounts[place], Facts({name: column[place] for name, column in columns.items()}))
            for place, claim in enumerate(claims)
        ]

    def _objection(self, candidate: _Candidate) -> Defer | None:
        """Why it must not be dialled at this instant."""
        now, call = self._node.clock.now(), candidate.claim.call
        if self._running.get(call.id) is not None:
            return Defer(now + PUT_OFF, "its last attempt has not ended yet")
        try:
            return self._node.chain.admit(call, now, candidate.facts)
        except PolicyFailed as failure:
            self._node.emit(problem(now, "a call is put off", failure, call=call.id))
            return Defer(now + PUT_OFF, str(failure))

    async def _defer(self, deferrals: Sequence[Deferral]) -> None:
        if not deferrals:
            return
        try:
            answers = await self._node.storage.defer_many(deferrals)
        except Exception as error:  # noqa: BLE001 - their leases end, and they are in the queue again
            self._failed("putting calls back", error)
            return
        self._node.patience.succeeded("putting calls back")
        for deferral, lost in zip(deferrals, answers, strict=True):
            if lost is None:
                self._node.emit(_deferred(deferral, self._node.clock.now()))

    async def _dial(self, candidates: Sequence[_Candidate]) -> None:
        claims = [candidate.claim for candidate in candidates]
        try:
            dialled = await self._mark.before_dialling(claims, self._node.clock.now())
        except Exception as error:  # noqa: BLE001 - nothing was dialled: whatever it was, they are put back
            self._failed("marking calls as dialling", error)
            await self._put_back(claims, "the queue storage failed before it was dialled")
            return
        self._node.patience.succeeded("marking calls as dialling")
        for candidate, claim in zip(candidates, dialled, strict=True):
            if isinstance(claim, Claim):
                self._start(replace(candidate, claim=claim))

    def _start(self, candidate: _Candidate) -> None:
        # The mark may have taken long: neither window nor lease may have ended meanwhile.
        now = self._node.clock.now()
        objection = self._objection(candidate)
        reason = objection.reason if objection else "its lease ended"
        if objection is None and now < candidate.claim.lease_until:
            self._attempts.start(candidate.claim, candidate.account)
        else:
            cause = f"not dialled, because the queue storage took too long: {reason}"
            end = AttemptEnd(CalleeType.LINEFAILURE, now, cause=cause)
            self._attempts.finish_undialled(candidate.claim, candidate.account, end)

    def _failed(self, what: str, error: Exception) -> None:
        if isinstance(error, DECIDED):
            self._node.emit(problem(self._node.clock.now(), what, error))
        else:
            self._node.patience.failed(what, error)


def _deferral(claim: Claim, objection: Defer) -> Deferral:
    return Deferral(claim, Due(objection.until, claim.call.due.rank), objection.reason)


def _deferred(deferral: Deferral, now: float) -> Event:
    data = {"until": deferral.due.at, "reason": deferral.reason}
    return Event(EventKind.DEFERRED, now, deferral.claim.call.id, data=data)

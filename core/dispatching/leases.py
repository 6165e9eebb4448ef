"""Keeping the leases of running attempts, and taking over what other nodes have lost."""

from collections.abc import Callable, Sequence

from mirabelle.core.alarm import Alarm
from mirabelle.core.dispatching.attempts import Attempts
from mirabelle.core.dispatching.endings import settle, story
from mirabelle.core.dispatching.finishing import Ending, Finishing
from mirabelle.core.dispatching.node import Node
from mirabelle.core.dispatching.patience import DECIDED
from mirabelle.core.dispatching.running import Run, Running
from mirabelle.core.observing import problem
from mirabelle.core.outcome import AttemptEnd
from mirabelle.core.types import CalleeType, Claim

# The share of a lease after which it is renewed, and after which a renewal that failed is tried again.
RENEWAL = 3
REPETITION = 10


class Leases:
    """Renews at a third of the lease. A lease that could not be renewed in time is as good as lost: the leg is ended
    before another node may dial the call."""

    def __init__(
        self, node: Node, running: Running, attempts: Attempts, finishing: Finishing, on_free: Callable[[], None]
    ) -> None:
        self._node = node
        self._running = running
        self._attempts = attempts
        self._finishing = finishing
        self._on_free = on_free
        self._alarm = Alarm(node.clock)

    async def run(self) -> None:
        """Renew and take over for ever."""
        while True:
            # First what is ours: after an outage the node must not take its own calls over.
            kept = await self._kept()
            self._end_what_ran_out()
            taken = kept and await self._taken_over()
            share = RENEWAL if kept and taken else REPETITION
            await self._alarm.wait(self._node.options.lease / share)

    async def _kept(self) -> bool:
        runs = [run for run in self._running if not run.lost]
        try:
            for start in range(0, len(runs), self._node.options.batch):
                await self._renew(runs[start : start + self._node.options.batch])
        except DECIDED as error:
            self._node.emit(problem(self._node.clock.now(), "leases cannot be renewed", error))
            return False
        except Exception as error:  # noqa: BLE001 - a plugin's storage may raise anything; the loop lives on
            self._node.patience.failed("renewing leases", error)
            return False
        self._node.patience.succeeded("renewing leases")
        return True

    async def _renew(self, runs: Sequence[Run]) -> None:
        until = self._node.lease_until()
        answers = await self._node.storage.renew_many([run.claim for run in runs], until)
        for run, lost in zip(runs, answers, strict=True):
            if lost is None:
                run.lease_until = until
            elif not run.ending and self._running.get(run.call_id) is run:
                self._attempts.lose(run, "another node has taken the call over")

    def _end_what_ran_out(self) -> None:
        now = self._node.clock.now()
        for run in self._running:
            if run.lease_until <= now and not run.ending:
                self._attempts.hang_up(run, "its lease could not be renewed in time")

    async def _taken_over(self) -> bool:
        try:
            while await self._take_over_batch() == self._node.options.batch:
                pass
        except Exception as error:  # noqa: BLE001 - a plugin's storage may raise anything; the loop lives on
            self._node.patience.failed("taking over lapsed calls", error)
            return False
        self._node.patience.succeeded("taking over lapsed calls")
        # What was merely claimed is in the queue again, and due.
        self._on_free()
        return True

    async def _take_over_batch(self) -> int:
        node = self._node
        claims = await node.storage.lapsed(node.clock.now(), node.owner, node.lease_until(), node.options.batch)
        for claim in claims:
            if not self._adopted(claim):
                await self._interrupt(claim)
        return len(claims)

    def _adopted(self, claim: Claim) -> bool:
        """A call of this node's own, whose lease ended in an outage of the storage: its attempt still runs here."""
        run = self._running.get(claim.call.id)
        if run is None or run.lost or run.ending or run.claim.call.attempts != claim.call.attempts:
            return False
        run.claim, run.lease_until = claim, claim.lease_until
        return True

    async def _interrupt(self, claim: Claim) -> None:
        node = self._node
        account = await node.accounts.get(claim.call.request.account)
        last = claim.call.last_attempt
        end = AttemptEnd(
            CalleeType.UNKNOWN,
            node.clock.now(),
            last.answered_at if last else None,
            "the node that had the call stopped in the middle of it",
            interrupted=True,
        )
        finish = settle(claim, end, account, node.chain, node.clock.now(), node.new_id)
        self._finishing.put(Ending(finish, story(finish, end), _nothing))


def _nothing() -> None:
    pass

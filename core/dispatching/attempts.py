"""Running attempts: whatever happens in one of them, it ends with facts and hurts no other."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

from mirabelle.core.dispatching.dialling_mark import DiallingMark
from mirabelle.core.dispatching.endings import settle, story
from mirabelle.core.dispatching.finishing import Ending, Finishing
from mirabelle.core.dispatching.node import Node
from mirabelle.core.dispatching.patience import DECIDED, GaveUp
from mirabelle.core.dispatching.running import AttemptCall, Run, Running
from mirabelle.core.foreign_text import storable
from mirabelle.core.interfaces.queue import LeaseLost
from mirabelle.core.observing import problem, written
from mirabelle.core.outcome import AttemptEnd
from mirabelle.core.types import Account, CalleeType, Claim, Event, EventKind


class Attempts:
    """Starts attempts whose claim says *dialling*, and sees each to its written end."""

    def __init__(
        self, node: Node, running: Running, attempt: AttemptCall, mark: DiallingMark, finishing: Finishing
    ) -> None:
        self._node = node
        self._running = running
        self._attempt = attempt
        self._mark = mark
        self._finishing = finishing
        self._watchers: set[asyncio.Task[None]] = set()

    def start(self, claim: Claim, account: Account) -> None:
        """Dial it. Raises `ValueError` when an attempt of that call runs here already."""
        run = Run(claim, account, claim.lease_until)
        self._running.add(run)
        self._node.emit(_dialling(claim))
        run.task = asyncio.create_task(self._attempted(run), name=f"call {claim.call.id}")
        self._watch(self._see_through(run))

    def finish_undialled(self, claim: Claim, account: Account, end: AttemptEnd) -> None:
        """Write the end of an attempt that is marked as dialling but was not dialled after all."""
        run = Run(claim, account, claim.lease_until)
        self._running.add(run)
        self._watch(self._write_undialled(run, end))

    def hang_up(self, run: Run, reason: str) -> None:
        """Ask the attempt to end now; after `hang_up_grace` its end is written without it."""
        if run.hung_up or run.task is None:
            return
        run.hang_up(reason)
        self._watch(self._lose_patience(run))

    def lose(self, run: Run, reason: str) -> None:
        """Another node has the call: end the leg and write nothing."""
        run.lost = True
        data = {"problem": f"{reason}: the call is hung up and its end is left to the node that has it"}
        self._node.emit(Event(EventKind.PLATFORM, self._node.clock.now(), run.call_id, run.claim.call.attempts, data))
        self.hang_up(run, reason)

    def _watch(self, work: Awaitable[None]) -> None:
        watcher = asyncio.ensure_future(work)
        self._watchers.add(watcher)
        watcher.add_done_callback(self._watchers.discard)

    async def _attempted(self, run: Run) -> AttemptEnd:
        return await self._attempt(run.claim, run.account, lambda at: self._answered(run, at))

    def _answered(self, run: Run, at: float) -> Awaitable[None]:
        if run.recorded is None:
            run.answered_at = at
            run.recorded = asyncio.ensure_future(self._record(run, at))
        return asyncio.shield(run.recorded)

    async def _record(self, run: Run, at: float) -> None:
        try:
            await self._mark.answered(run.claim, at)
        except LeaseLost:
            self.lose(run, "another node has taken the call over")
        except (*DECIDED, GaveUp) as error:
            self._tell(run, "an answer could not be recorded", error)

    async def _see_through(self, run: Run) -> None:
        assert run.task is not None, run
        either: set[asyncio.Future[Any]] = {run.task, run.given_up}
        limit = asyncio.ensure_future(self._end_in_time(run))
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        limit.cancel()
        end = self._facts(run)
        if not run.lost and await self._recorded(run, end):
            self._write(run, end)
        else:
            run.written.set()
        # What is stuck keeps its place: the call is not dialled again here while its leg may live.
        await asyncio.wait([run.task])
        await run.written.wait()
        self._running.remove(run)

    async def _write_undialled(self, run: Run, end: AttemptEnd) -> None:
        if await self._recorded(run, end):
            self._write(run, end)
            await run.written.wait()
        self._running.remove(run)

    def _facts(self, run: Run) -> AttemptEnd:
        """How it ended, as the attempt tells or as it must be taken when it does not."""
        assert run.task is not None, run
        now = self._node.clock.now()
        unknown = AttemptEnd(CalleeType.UNKNOWN, now, run.answered_at, run.hung_up or "cancelled", final=run.final)
        if not run.task.done():
            self._tell(run, "a call did not end when it was hung up", TimeoutError(run.hung_up))
            return unknown
        if run.task.cancelled():
            return unknown
        error = run.task.exception()
        if error is None:
            end = run.task.result()
            cause = f"{run.hung_up}: {end.cause}" if run.hung_up and end.cause else run.hung_up or end.cause
            answered_at = run.answered_at if end.answered_at is None else end.answered_at
            return replace(end, answered_at=answered_at, cause=storable(cause), final=end.final or run.final)
        self._tell(run, "an attempt failed inside the platform", error)
        guess = CalleeType.LINEFAILURE if run.answered_at is None else CalleeType.UNKNOWN
        return replace(unknown, callee_type=guess, cause=storable(written(error)))

    async def _recorded(self, run: Run, end: AttemptEnd) -> bool:
        """Whether all that comes before the end is durable. Not, when the call belongs to another node by now."""
        if end.answered_at is not None:
            await self._answered(run, end.answered_at)
        try:
            await self._mark.before_finish(run)
        except (*DECIDED, GaveUp) as error:
            self._tell(run, "an attempt could not be recorded", error)
        return not run.lost

    def _write(self, run: Run, end: AttemptEnd) -> None:
        node = self._node
        finish = settle(run.claim, end, run.account, node.chain, node.clock.now(), node.new_id)
        run.ending = True
        self._finishing.put(Ending(finish, story(finish, end), run.written.set))

    async def _end_in_time(self, run: Run) -> None:
        longest = self._node.options.longest_attempt
        await self._node.clock.sleep(longest)
        self.hang_up(run, f"the attempt reached its longest duration of {longest:g} s")

    async def _lose_patience(self, run: Run) -> None:
        await self._node.clock.sleep(self._node.options.hang_up_grace)
        if not run.given_up.done():
            run.given_up.set_result(None)

    def _tell(self, run: Run, what: str, error: BaseException) -> None:
        told = problem(self._node.clock.now(), what, error)
        self._node.emit(replace(told, call_id=run.call_id, attempt=run.claim.call.attempts))


def _dialling(claim: Claim) -> Event:
    attempt = claim.call.last_attempt
    assert attempt is not None, claim
    data = {"destination": claim.call.request.destination}
    return Event(EventKind.DIALLING, attempt.started_at, claim.call.id, attempt.number, data)

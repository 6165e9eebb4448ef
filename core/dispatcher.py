"""The dispatcher: takes calls from the queue, has them placed, and writes how they ended.

Due -> claimed in batches as far as there is room -> admitted by the policies -> durably marked as dialling -> placed by
`attempt` -> the end of the attempt, the result and its delivery in one transaction. Several processes may dispatch from
one queue: leases say who has a call, and their tokens that nobody else writes its end.
"""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mirabelle.core.alarm import Alarm
from mirabelle.core.dispatching.accounts import Accounts
from mirabelle.core.dispatching.attempts import Attempts
from mirabelle.core.dispatching.claiming import Claiming, FactSource
from mirabelle.core.dispatching.dialling_mark import DiallingMark, EarlyMark, LateMark
from mirabelle.core.dispatching.expiring import Expiring
from mirabelle.core.dispatching.finishing import Finishing
from mirabelle.core.dispatching.leases import Leases
from mirabelle.core.dispatching.node import Node
from mirabelle.core.dispatching.options import DispatchOptions
from mirabelle.core.dispatching.patience import Patience
from mirabelle.core.dispatching.running import AttemptCall, Run, Running
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.interfaces.queue import QueueStorage
from mirabelle.core.observing import Emit, problem
from mirabelle.core.outcome import delivery_ids
from mirabelle.core.scheduling import SchedulingChain
from mirabelle.core.types import Command, Event, EventKind

# How long the last ends of attempts may take to be written when the storage fails while the platform stops.
WRITING = 10.0
SHORTEST_WAIT = 0.001


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the dispatcher works with. `on_result` is called when a delivery has come into the outbox."""

    storage: QueueStorage
    directory: Directory
    chain: SchedulingChain
    clock: Clock
    random: random.Random
    emit: Emit
    facts: Mapping[str, FactSource] = field(default_factory=dict)
    on_result: Callable[[], None] = _nothing


class Dispatcher:
    """One dispatching node. `start` it once, `wake` it when a call was queued in this process, `stop` it once.

    `durable_dialling` False breaks the platform's first promise; it is there so that the crash test can show that it
    would notice (dialling_mark.LateMark).
    """

    def __init__(
        self,
        surroundings: Surroundings,
        attempt: AttemptCall,
        options: DispatchOptions,
        owner: str,
        durable_dialling: bool = True,
    ) -> None:
        self._node = node = _node(surroundings, options, owner)
        self._alarm = Alarm(node.clock)
        self._running = Running()
        self._finishing = Finishing(node, surroundings.on_result, self._alarm.ring)
        mark: DiallingMark = EarlyMark(node) if durable_dialling else LateMark(node)
        self._attempts = Attempts(node, self._running, attempt, mark, self._finishing)
        self._claiming = Claiming(node, self._running, self._attempts, mark, surroundings.facts)
        self._expiring = Expiring(node, self._finishing)
        self._leases = Leases(node, self._running, self._attempts, self._finishing, self._alarm.ring)
        self._loops: list[asyncio.Task[None]] = []
        self._stopping = False

    @property
    def running(self) -> int:
        """How many attempts are under way here, those included whose end is being written."""
        return len(self._running)

    def start(self) -> None:
        """Begin to dispatch, after taking over what has lapsed."""
        loops = {"finishing": self._finishing.run, "leases": self._leases.run, "dispatching": self._run}
        self._loops = [asyncio.create_task(loop(), name=name) for name, loop in loops.items()]

    def wake(self) -> None:
        """A call was queued or changed: look at the queue now."""
        self._alarm.ring()

    async def stop(self, patience: float = 30.0) -> None:
        """Claim nothing more, let calls end for that many seconds, hang the others up, write all ends."""
        self._stopping = True
        self._claiming.stop()
        self.wake()
        await self._settled(patience)
        for run in self._running:
            self._attempts.hang_up(run, "the platform stops")
        await self._settled(self._node.options.hang_up_grace + 1)
        self._node.patience.end(WRITING)
        await self._settled(WRITING + 1)
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        self._tell_what_is_left()

    async def _run(self) -> None:
        while not self._stopping:
            try:
                wait = await self._pass()
            except Exception as error:  # noqa: BLE001 - whatever went wrong in one pass, the next one is due
                self._node.emit(problem(self._node.clock.now(), "a pass of the dispatcher failed", error))
                wait = self._node.options.poll
            if wait:
                await self._alarm.wait(wait)

    async def _pass(self) -> float:
        """Do what is due; how long nothing will be due. 0: there may be more at once."""
        node = self._node
        if len(self._running):
            await self._obey()
        await self._expiring.once()
        if await self._claiming.once() >= node.options.batch:
            return 0.0
        now = node.clock.now()
        due = await node.patience.ask("looking for what is due", lambda: node.storage.next_due(now))
        until = node.options.poll if due is None else min(node.options.poll, due - node.clock.now())
        return max(until, SHORTEST_WAIT)

    async def _obey(self) -> None:
        node = self._node
        for call_id, command in await node.patience.ask("commands", lambda: node.storage.commands(node.owner)):
            run = self._running.get(call_id)
            if run is not None:
                self._carry_out(command, run)

    def _carry_out(self, command: Command, run: Run) -> None:
        match command:
            case Command.HANG_UP:
                run.final = True
                self._attempts.hang_up(run, "hung up on request")

    async def _settled(self, seconds: float) -> None:
        """Wait until no attempt runs and no end waits to be written, at most that long."""
        settled = asyncio.ensure_future(self._all_written())
        limit = asyncio.ensure_future(self._node.clock.sleep(seconds))
        await asyncio.wait([settled, limit], return_when=asyncio.FIRST_COMPLETED)
        for waiting in (settled, limit):
            waiting.cancel()
        await asyncio.gather(settled, limit, return_exceptions=True)

    async def _all_written(self) -> None:
        dispatching = self._loops[-1] if self._loops else None
        if dispatching is not None:
            # A pass that is under way may still start calls that it has claimed.
            await asyncio.wait([dispatching])
        await self._running.ended()
        await self._finishing.idle()

    def _tell_what_is_left(self) -> None:
        left = len(self._running) + self._finishing.pending
        if left:
            data = {"problem": "calls were cut off by the stop; they will count as interrupted", "calls": left}
            self._node.emit(Event(EventKind.PLATFORM, self._node.clock.now(), data=data))


def _node(surroundings: Surroundings, options: DispatchOptions, owner: str) -> Node:
    clock = surroundings.clock
    return Node(
        owner=owner,
        storage=surroundings.storage,
        accounts=Accounts(surroundings.directory, clock),
        chain=surroundings.chain,
        clock=clock,
        emit=surroundings.emit,
        new_id=delivery_ids(surroundings.random),
        options=options,
        patience=Patience(clock, surroundings.emit),
    )

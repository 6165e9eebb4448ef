"""Writing the ends of attempts and calls, many in one transaction."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mirabelle.core.alarm import Alarm
from mirabelle.core.dispatching.node import Node
from mirabelle.core.dispatching.patience import DECIDED, GaveUp
from mirabelle.core.interfaces.queue import Finish, LeaseLost
from mirabelle.core.observing import problem
from mirabelle.core.types import Event, EventKind

IDLE = 3600.0


@dataclass(frozen=True, slots=True)
class Ending:
    """An end to be written; `done` is called afterwards, whatever became of it."""

    finish: Finish
    events: Sequence[Event]
    done: Callable[[], None]


class Finishing:
    """Takes endings and writes them in the order in which they came. None is dropped while patience lasts."""

    def __init__(self, node: Node, on_result: Callable[[], None], on_free: Callable[[], None]) -> None:
        self._node = node
        self._on_result = on_result
        self._on_free = on_free
        self._waiting: deque[Ending] = deque()
        self._alarm = Alarm(node.clock)
        self._writing = 0
        self._all_written = asyncio.Event()
        self._all_written.set()

    def put(self, ending: Ending) -> None:
        """Write it as soon as possible."""
        self._waiting.append(ending)
        self._all_written.clear()
        self._alarm.ring()

    @property
    def pending(self) -> int:
        """How many are not written yet."""
        return len(self._waiting) + self._writing

    async def idle(self) -> None:
        """Wait until everything is written."""
        await self._all_written.wait()

    async def run(self) -> None:
        """Write for ever."""
        while True:
            batch = self._batch()
            if not batch:
                self._all_written.set()
                await self._alarm.wait(IDLE)
                continue
            self._writing = len(batch)
            try:
                await self._write(batch)
            finally:
                self._writing = 0
            # Channels are free again, and a retry may be due already.
            self._on_free()

    def _batch(self) -> list[Ending]:
        """The next ones, each call once."""
        batch: dict[int, Ending] = {}
        while self._waiting and len(batch) < self._node.options.batch:
            call_id = self._waiting[0].finish.claim.call.id
            if call_id in batch:
                break
            batch[call_id] = self._waiting.popleft()
        return list(batch.values())

    async def _write(self, batch: Sequence[Ending]) -> None:
        finishes = [ending.finish for ending in batch]
        try:
            answers = await self._node.patience.ask("writing results", lambda: self._node.storage.finish_many(finishes))
        except (*DECIDED, GaveUp) as error:
            await self._each_alone(batch, error)
            return
        for ending, answer in zip(batch, answers, strict=True):
            self._written(ending, answer)

    async def _each_alone(self, batch: Sequence[Ending], error: Exception) -> None:
        """One that cannot be written must not keep the others from being written."""
        if len(batch) > 1 and not isinstance(error, GaveUp):
            for ending in batch:
                await self._write([ending])
            return
        for ending in batch:
            what = "the end of an attempt cannot be written; it will count as interrupted"
            call_id = ending.finish.claim.call.id
            self._node.emit(problem(self._node.clock.now(), what, error, call=call_id))
            ending.done()

    def _written(self, ending: Ending, answer: LeaseLost | None) -> None:
        call = ending.finish.claim.call
        if answer is not None:
            data = {"problem": "another node has taken the call over: the end of its attempt here was not written"}
            self._node.emit(Event(EventKind.PLATFORM, self._node.clock.now(), call.id, call.attempts, data))
        else:
            for event in ending.events:
                self._node.emit(event)
            if ending.finish.deliveries:
                self._on_result()
        ending.done()

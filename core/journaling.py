"""Writes the events of calls into the journal, in batches that are at most a second old."""

import asyncio
from collections import deque
from itertools import islice

from mirabelle.core.alarm import Alarm
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.observing import Emit, problem
from mirabelle.core.types import Event, EventKind

BATCH = 500
AGE = 1.0
CAPACITY = 20_000
IDLE = 3600.0


class JournalWriter:
    """An observer that keeps events in memory until the journal has them.

    Memory is bounded: while the journal cannot be written, the oldest events beyond `capacity` are dropped; how many is
    told once it works again. `emit` hears of such problems.
    """

    def __init__(self, journal: CallJournal, clock: Clock, emit: Emit, capacity: int = CAPACITY) -> None:
        self._journal = journal
        self._clock = clock
        self._emit = emit
        self._capacity = capacity
        self._waiting: deque[Event] = deque()
        self._alarm = Alarm(clock)
        self._full = Alarm(clock)
        self._failing = False
        self._closing = False
        self._dropped = 0
        self._task: asyncio.Task[None] | None = None

    def __call__(self, event: Event) -> None:
        """Take an event; those that concern no call are not the journal's."""
        if event.call_id is None:
            return
        self._waiting.append(event)
        while len(self._waiting) > self._capacity:
            self._waiting.popleft()
            self._dropped += 1
        self._alarm.ring()
        # Once, when it fills up: a journal that fails is not tried again with every event.
        if len(self._waiting) == BATCH:
            self._full.ring()

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run(), name="journal")

    async def close(self) -> None:
        """Write what is waiting and stop. What cannot be written is lost, and told."""
        self._closing = True
        self._full.ring()
        self._alarm.ring()
        if self._task is not None:
            await self._task
        await self._append_all()
        if self._waiting:
            self._tell_loss(len(self._waiting))
            self._waiting.clear()

    async def _run(self) -> None:
        while not self._closing:
            if not self._waiting:
                await self._alarm.wait(IDLE)
                continue
            # Others of the same second share the commit; a full batch does not wait for it.
            await self._full.wait(AGE)
            await self._append_all()

    async def _append_all(self) -> None:
        while self._waiting:
            batch = list(islice(self._waiting, BATCH))
            try:
                await self._append(batch)
            except Exception as error:  # noqa: BLE001 - a journal that fails must not stop the platform
                self._tell_failure(error)
                return
            self._forget(batch)
            self._tell_recovery()

    async def _append(self, batch: list[Event]) -> None:
        try:
            await self._journal.append(batch)
        except (TypeError, ValueError):
            # One event that cannot be written must not take its neighbours along.
            for event in batch:
                await self._append_one(event)

    async def _append_one(self, event: Event) -> None:
        try:
            await self._journal.append([event])
        except (TypeError, ValueError) as error:
            self._emit(problem(self._clock.now(), "an event cannot be journalled", error, kind=event.kind))

    def _forget(self, batch: list[Event]) -> None:
        # While the journal was writing, the oldest may have been dropped to make room.
        written = {id(event) for event in batch}
        while self._waiting and id(self._waiting[0]) in written:
            self._waiting.popleft()

    def _tell_failure(self, error: Exception) -> None:
        if not self._failing:
            self._failing = True
            self._emit(problem(self._clock.now(), "the journal cannot be written", error))

    def _tell_recovery(self) -> None:
        self._failing = False
        if self._dropped:
            self._tell_loss(self._dropped)
            self._dropped = 0

    def _tell_loss(self, count: int) -> None:
        data = {"problem": "events of calls are missing in the journal", "count": count}
        self._emit(Event(EventKind.PLATFORM, self._clock.now(), data=data))

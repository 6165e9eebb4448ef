import asyncio
import json
from pathlib import Path

from mirabelle.core.commands.following import Shown, as_json, follow, waiting_for
from mirabelle.core.interfaces.component import NoOptions
from mirabelle.core.interfaces.queue import Deferral, Finish, NewCall
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.scheduling_policy import REQUEST
from mirabelle.core.testing.storages import lent_to_storage
from mirabelle.core.testing.virtual_time import START, VirtualClock
from mirabelle.core.types import (
    Call,
    CalleeType,
    CallState,
    Due,
    Event,
    EventKind,
    Outcome,
    Result,
    Room,
)
from mirabelle.plugins.queue_memory import MemoryJournal, MemoryQueue

RESULT = Result(Outcome.COMPLETED, CalleeType.VOICE, 1, START, 5)


class Store:
    """A queue with one call, a journal, and the server that works on them."""

    def __init__(self, clock: VirtualClock) -> None:
        lent = lent_to_storage(Path("/nonexistent"))
        self.clock = clock
        self.queue = MemoryQueue(NoOptions(), lent)
        self.journal = MemoryJournal(NoOptions(), lent)
        self.told: list[Event] = []
        self.warned: list[str] = []

    async def add(self) -> int:
        (added,) = await self.queue.add_many([NewCall(REQUEST, Due(START))], START)
        return added.call_id

    async def event(self, kind: EventKind, call_id: int) -> None:
        await self.journal.append([Event(kind, self.clock.now(), call_id)])

    async def finish(self, call_id: int) -> None:
        (claim,) = await self.queue.claim(START, "node", START + 60, Room(), 1)
        (dialled,) = await self.queue.dial_many([claim], START)
        assert not isinstance(dialled, Exception)
        await self.queue.finish_many([Finish(dialled, START + 5, CalleeType.VOICE, result=RESULT)])

    async def follow(self, call_id: int) -> Call:
        return await follow(self.queue, self.journal, call_id, self.clock, self.told.append, self.warned.append)


def test_each_event_is_told_once_and_in_order_until_the_call_is_over() -> None:
    async def main(clock: VirtualClock) -> tuple[Store, Call]:
        store = Store(clock)
        call_id = await store.add()
        following = asyncio.create_task(store.follow(call_id))
        for kind in (EventKind.QUEUED, EventKind.DIALLING, EventKind.ANSWERED):
            await store.event(kind, call_id)
            await clock.sleep(1)
        await store.finish(call_id)
        await clock.sleep(1)
        await store.event(EventKind.FINISHED, call_id)
        return store, await following

    store, call = virtual_time.run(main)
    assert [event.kind for event in store.told] == ["queued", "dialling", "answered", "finished"]
    assert (call.state, call.result) == (CallState.FINISHED, RESULT)
    assert store.warned == []


def test_a_journal_that_lost_its_last_second_is_not_waited_for_long() -> None:
    async def main(clock: VirtualClock) -> tuple[float, Call]:
        store = Store(clock)
        call_id = await store.add()
        await store.finish(call_id)
        call = await store.follow(call_id)
        return clock.monotonic(), call

    waited, call = virtual_time.run(main)
    assert call.result == RESULT
    assert 3 < waited < 5


def test_a_call_that_nobody_takes_is_explained_once() -> None:
    async def main(clock: VirtualClock) -> Store:
        store = Store(clock)
        following = asyncio.create_task(store.follow(await store.add()))
        await clock.sleep(60)
        following.cancel()
        return store

    (warning,) = virtual_time.run(main).warned
    assert "is a server running on this data folder?" in warning


def test_why_a_queued_call_is_not_dialled() -> None:
    call = Call(3, REQUEST, CallState.QUEUED, START, Due(START + 90))
    assert waiting_for(call, START) == "call 3 is due in 90 s"


def test_a_deferred_call_says_what_it_waits_for() -> None:
    async def main(clock: VirtualClock) -> str:
        store = Store(clock)
        call_id = await store.add()
        (claim,) = await store.queue.claim(START, "node", START + 60, Room(), 1)
        await store.queue.defer_many([Deferral(claim, Due(START + 5), "a day off")])
        return waiting_for(await store.queue.call(call_id), START + 10)

    assert virtual_time.run(main) == "call 1 waits: a day off"


def test_an_event_as_a_line_for_machines() -> None:
    event = Event(EventKind.LOG, 12.5, 7, 2, {"text": "hällo", "event": "hidden"})
    assert json.loads(as_json(event)) == {"at": 12.5, "event": "log", "call_id": 7, "attempt": 2, "text": "hällo"}


def test_events_as_lines_for_people() -> None:
    shown = Shown()
    assert shown(Event(EventKind.QUEUED, 100.0, 7)) == "    0.00  queued"
    line = shown(
        Event(EventKind.PROMPT, 101.5, 7, 1, {"text": "Press 1\nnow", "cut": True, "ssml": "", "bargein": None})
    )
    assert line == '    1.50  prompt        text="Press 1\\nnow" cut=true'

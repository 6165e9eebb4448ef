from collections.abc import Sequence

from mirabelle.core import journaling
from mirabelle.core.interfaces.component import NoOptions
from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.journaling import JournalWriter
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import Event, EventKind


class Pages(CallJournal):
    """Keeps the batches with the instant at which each came; fails on request."""

    name = "pages"

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(NoOptions(), lent(clock))
        self.batches: list[tuple[float, list[Event]]] = []
        self.fails = False
        self.tries = 0
        self.takes = 0.0

    @property
    def events(self) -> list[Event]:
        return [event for _, batch in self.batches for event in batch]

    async def append(self, events: Sequence[Event]) -> None:
        self.tries += 1
        await self.lent.clock.sleep(self.takes)
        if self.fails:
            raise OSError("disk full")
        if any(event.data.get("text") is NotImplemented for event in events):
            raise TypeError("not JSON")
        self.batches.append((self.lent.clock.monotonic(), list(events)))

    async def read(self, call_id: int) -> list[Event]:
        return self.events

    async def forget(self, before: float) -> int:
        return 0


def said(number: int) -> Event:
    return Event(EventKind.PROMPT, float(number), call_id=1, attempt=1, data={"text": str(number)})


def test_events_of_one_second_share_a_batch() -> None:
    async def main(clock: VirtualClock) -> None:
        pages = Pages(clock)
        writer = JournalWriter(pages, clock, print)
        writer.start()
        for number in range(3):
            writer(said(number))
            await clock.sleep(0.25)
        await clock.sleep(10)
        writer(said(3))
        await clock.sleep(10)
        assert pages.batches == [(1.0, [said(0), said(1), said(2)]), (11.75, [said(3)])]
        await writer.close()

    virtual_time.run(main)


def test_a_full_batch_does_not_wait() -> None:
    async def main(clock: VirtualClock) -> None:
        pages = Pages(clock)
        writer = JournalWriter(pages, clock, print)
        writer.start()
        await clock.sleep(0.125)
        for number in range(journaling.BATCH + 1):
            writer(said(number))
        await clock.sleep(0.125)
        assert pages.batches[0][0] == 0.125
        assert [event.data["text"] for event in pages.events] == [str(n) for n in range(journaling.BATCH + 1)]
        await writer.close()

    virtual_time.run(main)


def test_closing_writes_what_waits() -> None:
    async def main(clock: VirtualClock) -> None:
        pages = Pages(clock)
        writer = JournalWriter(pages, clock, print)
        writer.start()
        writer(said(1))
        await writer.close()
        assert pages.batches == [(0.0, [said(1)])]

    virtual_time.run(main)


def test_closing_while_it_writes_neither_loses_nor_doubles() -> None:
    async def main(clock: VirtualClock) -> None:
        pages = Pages(clock)
        pages.takes = 5
        writer = JournalWriter(pages, clock, print)
        writer.start()
        writer(said(1))
        await clock.sleep(2)
        writer(said(2))
        await writer.close()
        assert pages.events == [said(1), said(2)]

    virtual_time.run(main)


def test_what_concerns_no_call_is_not_journalled() -> None:
    async def main(clock: VirtualClock) -> None:
        pages = Pages(clock)
        writer = JournalWriter(pages, clock, print)
        writer.start()
        writer(Event(EventKind.PLATFORM, 1.0))
        await writer.close()
        assert pages.tries == 0

    virtual_time.run(main)


def test_a_journal_that_fails_is_tried_every_second_and_told_once() -> None:
    async def main(clock: VirtualClock) -> None:
        pages, told = Pages(clock), list[Event]()
        writer = JournalWriter(pages, clock, told.append)
        writer.start()
        pages.fails = True
        for number in range(journaling.BATCH + 5):
            writer(said(number))
        await clock.sleep(5.5)
        assert 5 <= pages.tries <= 7
        assert [event.data["error"] for event in told] == ["OSError: disk full"]
        pages.fails = False
        await clock.sleep(2)
        assert len(pages.events) == journaling.BATCH + 5
        await writer.close()

    virtual_time.run(main)


def test_memory_is_bounded_and_the_loss_is_told() -> None:
    async def main(clock: VirtualClock) -> None:
        pages, told = Pages(clock), list[Event]()
        writer = JournalWriter(pages, clock, told.append, capacity=10)
        writer.start()
        pages.fails = True
        for number in range(25):
            writer(said(number))
        await clock.sleep(2)
        pages.fails = False
        await clock.sleep(2)
        assert pages.events == [said(number) for number in range(15, 25)]
        assert told[-1].data == {"problem": "events of calls are missing in the journal", "count": 15}
        await writer.close()

    virtual_time.run(main)


def test_what_is_dropped_while_the_journal_writes_is_not_written_twice() -> None:
    async def main(clock: VirtualClock) -> None:
        pages = Pages(clock)
        pages.takes = 3
        writer = JournalWriter(pages, clock, print, capacity=4)
        writer.start()
        for number in range(4):
            writer(said(number))
        await clock.sleep(2)
        for number in range(4, 7):
            writer(said(number))
        await writer.close()
        assert pages.events == [said(number) for number in range(7)]

    virtual_time.run(main)


def test_an_event_that_cannot_be_written_takes_no_neighbour_along() -> None:
    async def main(clock: VirtualClock) -> None:
        pages, told = Pages(clock), list[Event]()
        writer = JournalWriter(pages, clock, told.append)
        writer.start()
        writer(said(1))
        writer(Event(EventKind.LOG, 1.0, call_id=1, data={"text": NotImplemented}))
        writer(said(2))
        await writer.close()
        assert pages.events == [said(1), said(2)]
        assert [event.data["error"] for event in told] == ["TypeError: not JSON"]

    virtual_time.run(main)


def test_what_cannot_be_written_at_the_end_is_told() -> None:
    async def main(clock: VirtualClock) -> None:
        pages, told = Pages(clock), list[Event]()
        pages.fails = True
        writer = JournalWriter(pages, clock, told.append)
        writer.start()
        writer(said(1))
        await writer.close()
        assert told[-1].data["count"] == 1

    virtual_time.run(main)

"""The contract of CallJournal: `class TestMine(CallJournalContract)`, with `make`."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from mirabelle.core.interfaces.component import Lent
from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.testing.storages import lent_to_storage
from mirabelle.core.types import Event, EventKind

STORY = [
    Event(EventKind.QUEUED, 10.0, 1),
    Event(EventKind.DIALLING, 11.5, 1, 1, {"destination": "+12125550100"}),
    Event(
        EventKind.PROMPT,
        12.25,
        1,
        1,
        {"text": "Größe? 你好 🎉", "bargein": True, "cut": None, "x": [1, {"a": []}]},
    ),
    Event(EventKind.FINISHED, 12.25, 1, 1),
]


class CallJournalContract(ABC):
    """Every journal passes these; only `make` is the plugin's own."""

    pytestmark = pytest.mark.asyncio

    @abstractmethod
    def make(self, lent: Lent) -> CallJournal:
        """A journal that is not open yet and is empty."""

    @pytest_asyncio.fixture
    async def journal(self, tmp_path: Path) -> AsyncIterator[CallJournal]:
        """The journal under test, open."""
        journal = self.make(lent_to_storage(tmp_path))
        await journal.open()
        yield journal
        await journal.close()

    async def test_a_story_is_read_as_it_was_written(self, journal: CallJournal) -> None:
        await journal.append(STORY[:2])
        await journal.append(STORY[2:])
        assert await journal.read(1) == STORY

    async def test_order_is_that_of_appending_whatever_the_times(self, journal: CallJournal) -> None:
        events = [Event(EventKind.LOG, at, 1) for at in (5.0, 3.0, 4.0)]
        await journal.append(events)
        assert await journal.read(1) == events

    async def test_stories_are_kept_apart(self, journal: CallJournal) -> None:
        await journal.append([Event(EventKind.LOG, 1.0, 1), Event(EventKind.EXIT, 1.0, 2)])
        assert await journal.read(2) == [Event(EventKind.EXIT, 1.0, 2)]
        assert await journal.read(3) == []

    async def test_an_event_of_no_call_is_refused_and_nothing_kept(self, journal: CallJournal) -> None:
        with pytest.raises(ValueError, match="call_id"):
            await journal.append([*STORY, Event(EventKind.PLATFORM, 1.0)])
        assert await journal.read(1) == []

    async def test_nothing_to_append_is_fine(self, journal: CallJournal) -> None:
        await journal.append([])
        assert await journal.read(1) == []

    async def test_old_events_are_forgotten_and_counted(self, journal: CallJournal) -> None:
        await journal.append([*STORY, Event(EventKind.LOG, 9.0, 2)])
        assert await journal.forget(12.25) == 3
        assert await journal.read(1) == STORY[2:]
        assert await journal.read(2) == []
        assert await journal.forget(12.25) == 0

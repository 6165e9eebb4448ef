"""The stories of calls, kept in memory."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from mirabelle.core.interfaces.component import Lent
from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.types import Event


class MemoryJournal(CallJournal):
    """What happened to each call, until the process ends."""

    name = "memory"

    def __init__(self, options: Any, lent: Lent) -> None:
        super().__init__(options, lent)
        self._stories: dict[int, list[Event]] = defaultdict(list)

    async def append(self, events: Sequence[Event]) -> None:
        """Keep these events, all or none. Raises `ValueError` when one has no `call_id`."""
        if any(event.call_id is None for event in events):
            raise ValueError("an event without a call_id belongs to no story")
        for event in events:
            self._stories[event.call_id or 0].append(event)

    async def read(self, call_id: int) -> list[Event]:
        """What is known of a call, in the order in which it was appended."""
        return list(self._stories.get(call_id, ()))

    async def forget(self, before: float) -> int:
        """Drop the events whose `at` is before that instant; how many."""
        known = self._count()
        kept = {call_id: [event for event in story if event.at >= before] for call_id, story in self._stories.items()}
        self._stories = defaultdict(list, {call_id: story for call_id, story in kept.items() if story})
        return known - self._count()

    def _count(self) -> int:
        return sum(map(len, self._stories.values()))

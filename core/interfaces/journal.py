"""CallJournal: the story of each call, for people to read afterwards."""

from abc import abstractmethod
from collections.abc import Sequence

from mirabelle.core.interfaces.component import Component
from mirabelle.core.types import Event


class CallJournal(Component):
    """Keeps the events of calls: log, transcript, evidence of verdicts.

    Written in batches: a crash of the machine may lose the last second. Nothing that must survive is kept only here.
    What cannot be kept or read raises `StorageFailed`.
    """

    @abstractmethod
    async def append(self, events: Sequence[Event]) -> None:
        """Keep these events, all or none. Raises `ValueError` when one has no `call_id`: it is no part of a story."""

    @abstractmethod
    async def read(self, call_id: int) -> list[Event]:
        """What is known of a call, in the order in which it was appended; empty when nothing is."""

    @abstractmethod
    async def forget(self, before: float) -> int:
        """Drop the events whose `at` is before that instant, of all calls; how many."""

from mirabelle.core.interfaces.component import Lent, NoOptions
from mirabelle.core.testing.call_journal import CallJournalContract
from mirabelle.core.testing.directory import DirectoryContract
from mirabelle.core.testing.queue_storage import QueueStorageContract
from mirabelle.plugins.queue_memory import MemoryDirectory, MemoryJournal, MemoryQueue


class TestMemoryQueue(QueueStorageContract):
    def make(self, lent: Lent) -> MemoryQueue:
        return MemoryQueue(NoOptions(), lent)


class TestMemoryDirectory(DirectoryContract):
    def make(self, lent: Lent) -> MemoryDirectory:
        return MemoryDirectory(NoOptions(), lent)


class TestMemoryJournal(CallJournalContract):
    def make(self, lent: Lent) -> MemoryJournal:
        return MemoryJournal(NoOptions(), lent)

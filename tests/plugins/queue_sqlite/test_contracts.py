from mirabelle.core.interfaces.component import Lent
from mirabelle.core.testing.call_journal import CallJournalContract
from mirabelle.core.testing.directory import DirectoryContract
from mirabelle.core.testing.queue_storage import QueueStorageContract
from mirabelle.plugins.queue_sqlite import SqliteDirectory, SqliteJournal, SqliteOptions, SqliteQueue


class TestSqliteQueue(QueueStorageContract):
    def make(self, lent: Lent) -> SqliteQueue:
        return SqliteQueue(SqliteOptions(), lent)


class TestSqliteDirectory(DirectoryContract):
    def make(self, lent: Lent) -> SqliteDirectory:
        return SqliteDirectory(SqliteOptions(), lent)


class TestSqliteJournal(CallJournalContract):
    def make(self, lent: Lent) -> SqliteJournal:
        return SqliteJournal(SqliteOptions(), lent)

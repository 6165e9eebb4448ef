"""Queue, directory and journal in one SQLite file, by the name `sqlite`: the default.

`queue` is the door: what it promises is in `core.interfaces.queue`. `workers` has the threads and the shared commits,
`file` what the three components share, `migrations` the schema; `adding`, `claiming`, `moves`, `finishing`, `outbox`,
`commands` and `reading` are what happens inside one savepoint.
"""

from collections.abc import Sequence

from mirabelle import hookimpl
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.interfaces.queue import QueueStorage
from mirabelle.plugins.queue_sqlite.directory import SqliteDirectory
from mirabelle.plugins.queue_sqlite.file import SqliteOptions
from mirabelle.plugins.queue_sqlite.journal import SqliteJournal
from mirabelle.plugins.queue_sqlite.queue import SqliteQueue

__all__ = ["SqliteDirectory", "SqliteJournal", "SqliteOptions", "SqliteQueue"]


@hookimpl
def register_queue_storages() -> Sequence[type[QueueStorage]]:
    """Offer `sqlite`."""
    return [SqliteQueue]


@hookimpl
def register_directories() -> Sequence[type[Directory]]:
    """Offer `sqlite`."""
    return [SqliteDirectory]


@hookimpl
def register_call_journals() -> Sequence[type[CallJournal]]:
    """Offer `sqlite`."""
    return [SqliteJournal]

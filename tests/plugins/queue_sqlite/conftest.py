from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from mirabelle.core.testing.storages import lent_to_storage
from mirabelle.plugins.queue_sqlite import SqliteDirectory, SqliteJournal, SqliteOptions, SqliteQueue


@pytest.fixture
def make_queue(tmp_path: Path) -> Callable[[], SqliteQueue]:
    return lambda: SqliteQueue(SqliteOptions(), lent_to_storage(tmp_path))


@pytest.fixture
async def queue(make_queue: Callable[[], SqliteQueue]) -> AsyncIterator[SqliteQueue]:
    queue = make_queue()
    await queue.open()
    yield queue
    await queue.close()


@pytest.fixture
async def directory(tmp_path: Path) -> AsyncIterator[SqliteDirectory]:
    directory = SqliteDirectory(SqliteOptions(), lent_to_storage(tmp_path))
    await directory.open()
    yield directory
    await directory.close()


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[SqliteJournal]:
    journal = SqliteJournal(SqliteOptions(), lent_to_storage(tmp_path))
    await journal.open()
    yield journal
    await journal.close()

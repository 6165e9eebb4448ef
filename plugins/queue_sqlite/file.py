"""One SQLite file, its writer and its reader, shared by all components of the process that name it."""

import asyncio
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Concatenate, ParamSpec, TypeVar

from peewee import PeeweeException, SqliteDatabase

from mirabelle.core.interfaces.component import Component, Lent, StorageFailed
from mirabelle.plugins.queue_sqlite.failures import storage_failed
from mirabelle.plugins.queue_sqlite.migrations import MIGRATIONS, migrate
from mirabelle.plugins.queue_sqlite.workers import Job, Reader, Worker, Writer

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class SqliteOptions:
    """`path`: the file, below the platform's data folder unless absolute. Components that name the same file share it.

    `busy_timeout`: seconds to wait for another process that writes.
    """

    path: str = "mirabelle.sqlite"
    busy_timeout: float = 10.0


class SqliteFile:
    """Reads and writes happen on threads of their own; the event loop never waits for the disk."""

    def __init__(self, path: Path, busy_timeout: float) -> None:
        self.path = path
        self.users = 0
        self._busy_timeout = busy_timeout
        self._writer: Worker = Writer(path, self._connect_writer)
        self._reader: Worker = Reader(path, self._connect_reader)

    async def open(self) -> None:
        """Wait until the file is there and its schema is up to date. Raises `StorageFailed`."""
        for worker in (self._writer, self._reader):
            await asyncio.wrap_future(worker.ready)

    async def close(self) -> None:
        """End both threads, once everything that was asked for is done."""
        for worker in (self._writer, self._reader):
            await asyncio.to_thread(worker.close)

    async def write(self, work: Callable[[Connection], T], *, durable: bool = True) -> T:
        """Do this in a transaction; return once it is on the disk."""
        answer: T = await self._writer.do(Job(work, durable))
        return answer

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do this on a snapshot that has everything written so far."""
        answer: T = await self._reader.do(Job(work))
        return answer

    def _connect_writer(self) -> SqliteDatabase:
        _create_private(self.path)
        database = self._database(journal_size_limit=1 << 26)
        return _connected(database, prepare=_prepare)

    def _connect_reader(self) -> SqliteDatabase:
        # Before the writer has seen to the schema there is nothing to read.
        self._writer.ready.result()
        return _connected(self._database(query_only=1))

    def _database(self, **pragmas: Any) -> SqliteDatabase:
        return SqliteDatabase(
            str(self.path), pragmas={"foreign_keys": 1, "synchronous": 2, **pragmas}, timeout=self._busy_timeout
        )


def _connected(
    database: SqliteDatabase, prepare: Callable[[SqliteDatabase], None] = lambda database: None
) -> SqliteDatabase:
    try:
        database.connect()
        prepare(database)
    except PeeweeException as error:
        database.close()
        raise storage_failed(database.database, error) from error
    except BaseException:
        database.close()
        raise
    return database


def _prepare(database: SqliteDatabase) -> None:
    # The first look at the file is the migration's, under its lock: nothing is changed in a file that is not ours.
    migrate(database)
    database.pragma("journal_mode", "wal", permanent=False)


def _create_private(path: Path) -> None:
    """PIN hashes and telephone numbers are nobody else's business. SQLite gives its side files the same mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        reason = f"{path}: {error.strerror}: let the user that runs Mirabelle create and write this file"
        raise StorageFailed(reason) from error


class SqliteComponent(Component):
    """A component that keeps its things in the file that its options name."""

    name = "sqlite"
    Options = SqliteOptions
    migrations = MIGRATIONS

    _file: SqliteFile | None = None

    @property
    def file(self) -> SqliteFile:
        """The file, which is open between `open` and `close`."""
        if self._file is None:
            raise StorageFailed(f"{self.lent.data / self.options.path} is not open: nothing can be kept or read")
        return self._file

    async def open(self) -> None:
        """Open the file or join those that have it open. Raises `StorageFailed`."""
        self._file = await open_shared(self.options, self.lent)

    async def _write(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.file.write(lambda connection: work(connection, *args, **kwargs))

    async def _read(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.file.read(lambda connection: work(connection, *args, **kwargs))

    async def close(self) -> None:
        """Leave the file; the last one closes it, once everything that was asked for is done."""
        file, self._file = self._file, None
        if file is not None:
            await close_shared(file)


# A process has one writer a file: two would wait for each other's locks. The three components are made one by one, by
# different parts of the platform, so the place where they find each other is the module.
_shared: dict[Path, SqliteFile] = {}
_sharing = threading.Lock()


async def open_shared(options: SqliteOptions, lent: Lent) -> SqliteFile:
    """The file that these options name, open."""
    path = (lent.data / options.path).resolve()
    with _sharing:
        if path not in _shared:
            _shared[path] = SqliteFile(path, options.busy_timeout)
        file = _shared[path]
        file.users += 1
    try:
        await file.open()
    except BaseException:
        await close_shared(file)
        raise
    return file


async def close_shared(file: SqliteFile) -> None:
    """Give it back; the last user closes it."""
    with _sharing:
        file.users -= 1
        last = file.users == 0
        if last:
            _shared.pop(file.path)
    if last:
        await file.close()

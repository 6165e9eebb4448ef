"""The threads that own the connections: one writes, in groups that share a commit; one reads."""

import asyncio
import queue
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Connection
from sqlite3 import Error as SqliteError
from typing import Any

from peewee import SqliteDatabase

from mirabelle.core.interfaces.component import StorageFailed
from mirabelle.plugins.queue_sqlite.failures import storage_failed

# A group is bounded so that its first caller does not wait for a thousand strangers.
LARGEST_GROUP = 500


@dataclass(slots=True)
class Job:
    """Work on the database, and who waits for it. What is not `durable` may be lost with the machine's power."""

    work: Callable[[Connection], Any]
    durable: bool = True
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)
    waiter: asyncio.Future[Any] = field(init=False)
    answer: Any = None
    error: Exception | None = None

    def __post_init__(self) -> None:
        self.waiter = self.loop.create_future()

    def resolve(self) -> None:
        """Tell who waits. Runs on the event loop of the job."""
        if self.waiter.done():
            return
        if self.error is not None:
            self.waiter.set_exception(self.error)
        else:
            self.waiter.set_result(self.answer)


class Worker(ABC):
    """A thread with a connection of its own, which serves jobs in the order in which they come."""

    def __init__(self, path: Path, connect: Callable[[], SqliteDatabase]) -> None:
        self.ready: Future[None] = Future()
        self._path = path
        self._connect = connect
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=f"{type(self).__name__} {path}", daemon=True)
        self._thread.start()

    async def do(self, job: Job) -> Any:
        """Have it done; raises what it raises, or `StorageFailed`."""
        with self._gate:
            if self._closed:
                raise StorageFailed(f"{self._path} is closed: nothing more can be kept or read")
            self._jobs.put(job)
        return await job.waiter

    def close(self) -> None:
        """Finish what was asked for, then end. Blocks; safe to call again."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _attempt(self, job: Job, how: Callable[[Job], None]) -> bool:
        """Whether it went well; if not, the job knows why."""
        try:
            how(job)
        except SqliteError as error:
            job.error = storage_failed(self._path, error)
        except Exception as error:  # noqa: BLE001 - it belongs to whoever asked for the job
            job.error = error
        else:
            return True
        return False

    @abstractmethod
    def serve(self, connection: Connection, jobs: list[Job]) -> None:
        """Do these jobs: give each its answer or its error."""

    def _run(self) -> None:
        try:
            database = self._connect()
        except Exception as error:  # noqa: BLE001 - whoever opens the storage is told
            self.ready.set_exception(error)
            return
        self.ready.set_result(None)
        connection = database.connection()
        while jobs := self._next_jobs():
            self._serve_or_fail(connection, jobs)
            _tell(jobs)
        database.close()

    def _serve_or_fail(self, connection: Connection, jobs: list[Job]) -> None:
        """A mistake of ours must not leave anybody waiting for a thread that is gone."""
        try:
            self.serve(connection, jobs)
        except Exception as error:  # noqa: BLE001 - all who wait are told
            for job in jobs:
                job.error = job.error or error

    def _next_jobs(self) -> list[Job]:
        """All that wait, but at least one; empty when the worker is to end."""
        jobs: list[Job] = []
        job = self._jobs.get()
        while job is not None:
            # What nobody waits for any more is not begun: a claim without a taker would block its calls for a lease.
            if not job.waiter.cancelled():
                jobs.append(job)
            if len(jobs) == LARGEST_GROUP or (jobs and self._jobs.empty()):
                return jobs
            job = self._jobs.get()
        if jobs:
            self._jobs.put(None)
        return jobs


class Reader(Worker):
    """Each job sees the file as it was at one instant."""

    def serve(self, connection: Connection, jobs: list[Job]) -> None:
        """Do them one after the other."""
        for job in jobs:
            self._attempt(job, lambda job: self._snapshot(connection, job))

    def _snapshot(self, connection: Connection, job: Job) -> None:
        connection.execute("BEGIN")
        try:
            job.answer = job.work(connection)
        finally:
            _roll_back(connection)


class Writer(Worker):
    """Jobs that wait together share one commit, each under its own savepoint."""

    def serve(self, connection: Connection, jobs: list[Job]) -> None:
        """Do them together. When the transaction of the group is lost, each gets another of its own."""
        try:
            self._transaction(connection, jobs)
        except _TransactionLost:
            for job in jobs:
                self._attempt(job, lambda job: self._alone(connection, job))
        except SqliteError as error:
            # The transaction could not even begin: trying again for each would only make all wait longer.
            for job in jobs:
                job.error = storage_failed(self._path, error)

    def _alone(self, connection: Connection, job: Job) -> None:
        try:
            self._transaction(connection, [job])
        except _TransactionLost as lost:
            raise (job.error or lost.__cause__ or lost) from None

    def _transaction(self, connection: Connection, jobs: list[Job]) -> None:
        connection.execute(f"PRAGMA synchronous = {'FULL' if any(job.durable for job in jobs) else 'NORMAL'}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            for job in jobs:
                self._in_savepoint(connection, job)
            connection.execute("COMMIT")
        except SqliteError as error:
            _roll_back(connection)
            raise _TransactionLost from error

    def _in_savepoint(self, connection: Connection, job: Job) -> None:
        job.answer, job.error = None, None
        connection.execute("SAVEPOINT job")
        done = self._attempt(job, lambda job: setattr(job, "answer", job.work(connection)))
        if not connection.in_transaction:
            raise _TransactionLost
        if not done:
            connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")


class _TransactionLost(Exception):
    """SQLite has rolled the whole transaction back, or could not commit it."""


def _roll_back(connection: Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _tell(jobs: list[Job]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[Job]] = {}
    for job in jobs:
        by_loop.setdefault(job.loop, []).append(job)
    for loop, finished in by_loop.items():
        try:
            loop.call_soon_threadsafe(_resolve, finished)
        except RuntimeError:
            # The loop is closed, and with it everybody who could have been told.
            continue


def _resolve(jobs: list[Job]) -> None:
    for job in jobs:
        job.resolve()

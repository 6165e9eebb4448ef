"""CallJournal on SQLite."""

import json
from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any

from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.types import Event, EventKind
from mirabelle.plugins.queue_sqlite.file import SqliteComponent

_INSERT = "INSERT INTO event (call_id, attempt, kind, at, data) VALUES (?, ?, ?, ?, ?)"
_STORY = "SELECT call_id, attempt, kind, at, data FROM event WHERE call_id = ? ORDER BY id"
_FORGET = "DELETE FROM event WHERE at < ?"


class SqliteJournal(SqliteComponent, CallJournal):
    """The stories of calls in the file. A commit with nothing else in it does not wait for the disk."""

    async def append(self, events: Sequence[Event]) -> None:
        """Keep these events, all or none. Raises `ValueError` when one has no `call_id`."""
        if any(event.call_id is None for event in events):
            raise ValueError("an event without a call_id belongs to no story")
        rows = [_row(event) for event in events]
        await self.file.write(lambda connection: connection.executemany(_INSERT, rows), durable=False)

    async def read(self, call_id: int) -> list[Event]:
        """What is known of a call, in the order in which it was appended."""
        return await self._read(_story, call_id)

    async def forget(self, before: float) -> int:
        """Drop the events whose `at` is before that instant; how many."""
        return await self._write(_forget, before)


def _story(connection: Connection, call_id: int) -> list[Event]:
    return [_event(*row) for row in connection.execute(_STORY, (call_id,))]


def _forget(connection: Connection, before: float) -> int:
    return connection.execute(_FORGET, (before,)).rowcount


def _row(event: Event) -> tuple[Any, ...]:
    return event.call_id, event.attempt, event.kind, event.at, json.dumps(dict(event.data))


def _event(call_id: int, attempt: int | None, kind: str, at: float, data: str) -> Event:
    return Event(EventKind(kind), at, call_id, attempt, json.loads(data))

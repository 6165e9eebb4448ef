"""What is asked of the node that has a call."""

import json
from collections.abc import Iterable
from sqlite3 import Connection

from mirabelle.core.types import CallState, Command
from mirabelle.plugins.queue_sqlite.reading import existing

_ADD = "INSERT INTO command (call_id, command) VALUES (?, ?)"
_FOR_OWNER = """
    SELECT command.id, command.call_id, command.command FROM command JOIN call ON call.id = command.call_id
    WHERE call.owner = ? ORDER BY command.id
"""
_DROP = "DELETE FROM command WHERE id IN (SELECT value FROM json_each(?))"
_DROP_OF_CALLS = "DELETE FROM command WHERE call_id IN (SELECT value FROM json_each(?))"


def send(connection: Connection, call_id: int, command: Command) -> None:
    """Leave a command, unless the call is over. Raises `NotFound`."""
    if existing(connection, call_id).call.state is not CallState.FINISHED:
        connection.execute(_ADD, (call_id, command))


def take(connection: Connection, owner: str) -> list[tuple[int, Command]]:
    """Those that wait for calls which this owner holds, oldest first; each is given once."""
    found = connection.execute(_FOR_OWNER, (owner,)).fetchall()
    if found:
        connection.execute(_DROP, (json.dumps([row[0] for row in found]),))
    return [(call_id, Command(command)) for _, call_id, command in found]


def drop(connection: Connection, call_ids: Iterable[int]) -> None:
    """Forget what waits for these calls."""
    connection.execute(_DROP_OF_CALLS, (json.dumps(list(call_ids)),))

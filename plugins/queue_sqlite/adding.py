"""Putting calls into the queue, each idempotency key once."""

from collections.abc import Iterator, Sequence
from sqlite3 import Connection

from mirabelle.core import lifecycle
from mirabelle.core.interfaces.queue import Added, IdempotencyKey, NewCall
from mirabelle.core.types import Call
from mirabelle.plugins.queue_sqlite.moves import Lanes, count
from mirabelle.plugins.queue_sqlite.records import request_text

_LAST_ID = "SELECT seq FROM sqlite_sequence WHERE name = 'call'"
_INSERT = """
    INSERT INTO call (id, account, campaign, request, state, queued_at, due_at, rank, expires_at, lane)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_FIND_KEY = "SELECT call_id, memo FROM idempotency WHERE account = ? AND key = ? AND expires_at > ?"
_PUT_KEY = "INSERT OR REPLACE INTO idempotency (account, key, call_id, memo, expires_at) VALUES (?, ?, ?, ?, ?)"
_SWEEP = """
    DELETE FROM idempotency WHERE (account, key) IN
    (SELECT account, key FROM idempotency WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)
"""

# Expired keys are swept up a few at a time by those who bring new ones, so that nobody pays for a long night at once.
SWEPT_AT_ONCE = 200

Keys = dict[tuple[str, str], tuple[IdempotencyKey, int]]


def add_many(connection: Connection, calls: Sequence[NewCall], at: float) -> list[Added]:
    """Queue all that are not repetitions; ids rise in the order given."""
    new_keys: Keys = {}
    new_calls: list[Call] = []
    ids = _free_ids(connection)
    answers = [_add(connection, new, at, ids, new_calls, new_keys) for new in calls]
    _insert(connection, new_calls)
    _remember(connection, new_keys, at)
    return answers


def repeated(connection: Connection, account: str, key: str, now: float) -> Added | None:
    """The first answer for this key, while it holds."""
    found = connection.execute(_FIND_KEY, (account, key, now)).fetchone()
    return Added(found[0], repeated=True, memo=found[1]) if found else None


def _add(connection: Connection, new: NewCall, at: float, ids: Iterator[int], calls: list[Call], keys: Keys) -> Added:
    key = new.idempotency
    first = _first(connection, new.request.account, key, at, keys) if key else None
    if first is not None:
        return first
    call = lifecycle.queued(next(ids), new.request, at, new.due)
    calls.append(call)
    if key is None:
        return Added(call.id)
    keys[new.request.account, key.key] = (key, call.id)
    return Added(call.id, memo=key.memo)


def _first(connection: Connection, account: str, key: IdempotencyKey, at: float, keys: Keys) -> Added | None:
    """The call that has this key already, in this batch or before it."""
    if (account, key.key) in keys:
        first, call_id = keys[account, key.key]
        return Added(call_id, repeated=True, memo=first.memo) if first.expires_at > at else None
    return repeated(connection, account, key.key, at)


def _free_ids(connection: Connection) -> Iterator[int]:
    """Ids above all that were ever given."""
    (last,) = connection.execute(_LAST_ID).fetchone() or (0,)
    while True:
        last += 1
        yield last


def _insert(connection: Connection, calls: Sequence[Call]) -> None:
    lanes = Lanes(connection)
    places = [lanes.of(call) for call in calls]
    connection.executemany(
        _INSERT,
        (
            (
                call.id,
                call.request.account,
                call.request.campaign,
                request_text(call.request),
                call.state,
                call.queued_at,
                call.due.at,
                call.due.rank,
                call.request.expires_at,
                lane,
            )
            for call, lane in zip(calls, places, strict=True)
        ),
    )
    lanes.count((None, lane) for lane in places)
    count(connection, ((None, call) for call in calls))


def _remember(connection: Connection, keys: Keys, at: float) -> None:
    if keys:
        connection.execute(_SWEEP, (at, SWEPT_AT_ONCE))
    connection.executemany(
        _PUT_KEY,
        [(account, key.key, call_id, key.memo, key.expires_at) for (account, _), (key, call_id) in keys.items()],
    )

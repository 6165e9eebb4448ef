"""Finding the calls that are due, expired or abandoned, by index alone."""

import heapq
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from sqlite3 import Connection
from typing import NamedTuple

from mirabelle.core import lifecycle
from mirabelle.core.types import CallState, Claim, Room
from mirabelle.plugins.queue_sqlite.moves import keep, load, take
from mirabelle.plugins.queue_sqlite.reading import existing
from mirabelle.plugins.queue_sqlite.records import Stored
from mirabelle.plugins.queue_sqlite.turns import Waiting, turns

_LANES_DUE = """
    SELECT lane.id, lane.account, lane.campaign, lane.rank, head.due_at, head.id
    FROM lane CROSS JOIN call AS head ON head.id = (
        SELECT id FROM call WHERE call.lane = lane.id AND due_at <= :now
        AND (expires_at IS NULL OR expires_at > :now) ORDER BY due_at, id LIMIT 1
    ) WHERE lane.waiting > 0
"""
_NEXT_IN_LANE = """
    SELECT due_at, id FROM call WHERE lane = :lane AND (due_at, id) > (:due_at, :call_id) AND due_at <= :now
    AND (expires_at IS NULL OR expires_at > :now) ORDER BY due_at, id LIMIT :page
"""
_LAST_ROUND = "SELECT max(round) FROM turn"
_LAST_TURNS = "SELECT account, round FROM turn WHERE account IN (SELECT value FROM json_each(?))"
_KEEP_TURN = "INSERT OR REPLACE INTO turn (account, round) VALUES (?, ?)"
_EXPIRED = "SELECT id FROM call WHERE lane IS NOT NULL AND expires_at <= ? ORDER BY expires_at, id LIMIT ?"
_LAPSED = "SELECT id, state FROM call WHERE lease_until <= ? ORDER BY lease_until, id"
_NEXT_INSTANT = """
    SELECT min(instant) FROM (
        SELECT min((SELECT due_at FROM call WHERE call.lane = lane.id AND due_at > :now ORDER BY due_at, id LIMIT 1))
            AS instant FROM lane WHERE waiting > 0
        UNION ALL SELECT min(expires_at) FROM call WHERE lane IS NOT NULL AND expires_at > :now
        UNION ALL SELECT min(lease_until) FROM call WHERE lease_until > :now
        UNION ALL SELECT min(offered_from) FROM delivery WHERE offered_from > :now
    )
"""

SMALLEST_PAGE = 8


class _Lane(NamedTuple):
    """A lane with something due, and the first of it."""

    id: int
    account: str
    campaign: str
    rank: int
    due_at: float
    call_id: int


def claim(connection: Connection, now: float, owner: str, lease_until: float, room: Room, limit: int) -> list[Claim]:
    """Take calls that are due, in turns between accounts, within the room that there is."""
    allowed = max(limit if room.platform is None else min(limit, room.platform), 0)
    lanes = _lanes_with_room(connection, now, room) if allowed else []
    if not lanes:
        return []
    page = max(SMALLEST_PAGE, 2 * allowed // len(lanes))
    by_account = defaultdict(list)
    for lane in lanes:
        by_account[lane.account].append(_waiting(connection, lane, now, page))
    queues = {account: heapq.merge(*streams) for account, streams in by_account.items()}
    chosen = list(islice(turns(queues, _first_rounds(connection, list(queues)), room), allowed))
    connection.executemany(_KEEP_TURN, {turn.account: turn.round for turn in chosen}.items())
    return _take_queued(connection, [turn.waiting.call_id for turn in chosen], owner, lease_until)


def cancel(connection: Connection, call_id: int, owner: str, lease_until: float) -> Claim | None:
    """Take one queued call for its result; None when it is not queued. Raises `NotFound`."""
    stored = existing(connection, call_id)
    if stored.call.state is not CallState.QUEUED:
        return None
    return take(connection, [stored], lifecycle.claimed, owner, lease_until)[0]


def expire(connection: Connection, now: float, owner: str, lease_until: float, limit: int) -> list[Claim]:
    """Take queued calls whose window has closed."""
    found = connection.execute(_EXPIRED, (now, max(limit, 0))).fetchall()
    return _take_queued(connection, [call_id for (call_id,) in found], owner, lease_until)


def lapsed(connection: Connection, now: float, owner: str, lease_until: float, limit: int) -> list[Claim]:
    """Take over the attempts of nodes that are gone; what was merely claimed goes back to the queue."""
    ended = connection.execute(_LAPSED, (now,)).fetchall()
    idle = load(connection, [call_id for call_id, state in ended if state == CallState.CLAIMED])
    keep(connection, [(stored, _released(stored)) for stored in idle.values()])
    running = [call_id for call_id, state in ended if state != CallState.CLAIMED][: max(limit, 0)]
    stored = load(connection, running)
    return take(connection, [stored[call_id] for call_id in running], lifecycle.taken_over, owner, lease_until)


def next_instant(connection: Connection, now: float) -> float | None:
    """The earliest instant after `now` at which something happens by itself."""
    instant: float | None
    (instant,) = connection.execute(_NEXT_INSTANT, {"now": now}).fetchone()
    return instant


def _lanes_with_room(connection: Connection, now: float, room: Room) -> list[_Lane]:
    lanes = map(_Lane._make, connection.execute(_LANES_DUE, {"now": now}))
    return [
        lane
        for lane in lanes
        if room.accounts.get(lane.account, 1) > 0 and room.campaigns.get((lane.account, lane.campaign), 1) > 0
    ]


def _waiting(connection: Connection, lane: _Lane, now: float, page: int) -> Iterator[Waiting]:
    """The calls of one lane that are due, page by page: most of a long lane is never looked at."""
    rows = [(lane.due_at, lane.call_id)]
    while rows:
        for due_at, call_id in rows:
            yield Waiting(lane.rank, due_at, call_id, lane.campaign)
        place = {"lane": lane.id, "due_at": rows[-1][0], "call_id": rows[-1][1], "now": now, "page": page}
        rows = connection.execute(_NEXT_IN_LANE, place).fetchall()


def _first_rounds(connection: Connection, accounts: list[str]) -> dict[str, int]:
    """In which round each account's next turn is: this one, or the next when it has had its turn in this one."""
    (current,) = connection.execute(_LAST_ROUND).fetchone()
    last = dict(connection.execute(_LAST_TURNS, (json.dumps(accounts),)).fetchall())
    return {account: max(current or 0, last.get(account, 0) + 1) for account in accounts}


def _take_queued(connection: Connection, call_ids: list[int], owner: str, lease_until: float) -> list[Claim]:
    stored = load(connection, call_ids)
    return take(connection, [stored[call_id] for call_id in call_ids], lifecycle.claimed, owner, lease_until)


def _released(stored: Stored) -> Stored:
    return Stored(lifecycle.lapsed(stored.call), stored.token, None, None, None)

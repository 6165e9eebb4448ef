"""Moving calls: the life-cycle decides, and what it answers is written with the tallies that go with it."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from sqlite3 import Connection

from mirabelle.core import lifecycle
from mirabelle.core.interfaces.queue import LeaseLost
from mirabelle.core.lifecycle import HELD
from mirabelle.core.types import Call, CallRequest, CallState, Claim
from mirabelle.plugins.queue_sqlite.records import CALL_COLUMNS, Stored, attempt_row, result_text, stored_call

Step = tuple[Claim, Callable[[Call], Call]]
Lane = tuple[str, str, int]

_SELECT = f"SELECT {CALL_COLUMNS} WHERE c.id IN (SELECT value FROM json_each(?))"  # noqa: S608 - a constant
_UPDATE = """
    UPDATE call SET state = ?, due_at = ?, rank = ?, attempts = ?, waiting_for = ?, result = ?,
        lane = ?, token = ?, owner = ?, lease_until = ? WHERE id = ?
"""
_RENEW = "UPDATE call SET lease_until = ? WHERE id = ?"
_PUT_ATTEMPT = "INSERT OR REPLACE INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_COUNT = """
    INSERT INTO tally (account, campaign, state, calls) VALUES (?, ?, ?, ?)
    ON CONFLICT (account, campaign, state) DO UPDATE SET calls = calls + excluded.calls
"""
_ADD_LANE = "INSERT INTO lane (account, campaign, rank) VALUES (?, ?, ?)"
_FIND_LANE = "SELECT id FROM lane WHERE account = ? AND campaign = ? AND rank = ?"
_COUNT_LANE = "UPDATE lane SET waiting = waiting + ? WHERE id = ?"


def load(
    connection: Connection, call_ids: Iterable[int], requests: Mapping[int, CallRequest] | None = None
) -> dict[int, Stored]:
    """These calls as the file has them, in no order; what does not exist is missing."""
    known = requests or {}
    rows = connection.execute(_SELECT, (json.dumps(list(call_ids)),))
    return {row[0]: stored_call(row, known.get(row[0])) for row in rows}


def move(connection: Connection, steps: Sequence[Step]) -> list[Stored | LeaseLost]:
    """Apply all steps whose claim holds, or none when one of them is illegal."""
    requests = {claim.call.id: claim.call.request for claim, _ in steps}
    _refuse_repetition(claim for claim, _ in steps)
    stored = load(connection, requests, requests)
    moved = [_moved(stored.get(claim.call.id), claim, step) for claim, step in steps]
    kept = iter(keep(connection, [(stored[after.call.id], after) for after in moved if isinstance(after, Stored)]))
    return [after if isinstance(after, LeaseLost) else next(kept) for after in moved]


def renew(connection: Connection, claims: Sequence[Claim], lease_until: float) -> list[LeaseLost | None]:
    """Keep these claims until then."""
    renewed = move(connection, [(claim, lifecycle.renewed) for claim in claims])
    connection.executemany(_RENEW, [(lease_until, now.call.id) for now in renewed if isinstance(now, Stored)])
    return [now if isinstance(now, LeaseLost) else None for now in renewed]


def holds(stored: Stored | None, claim: Claim) -> bool:
    """Whether this claim is the latest and its call is held."""
    return stored is not None and stored.call.state in HELD and stored.token == claim.token


def take(
    connection: Connection, calls: Iterable[Stored], step: Callable[[Call], Call], owner: str, lease_until: float
) -> list[Claim]:
    """Give these calls to an owner, each with a token higher than any before."""
    changes = [
        (stored, Stored(step(stored.call), stored.token + 1, owner, lease_until, stored.lane)) for stored in calls
    ]
    return [claim_on(after) for after in keep(connection, changes)]


def claim_on(stored: Stored) -> Claim:
    """The claim of who holds this call."""
    assert stored.owner is not None, stored
    assert stored.lease_until is not None, stored
    return Claim(stored.call, stored.token, stored.owner, stored.lease_until)


def keep(connection: Connection, changes: Sequence[tuple[Stored, Stored]]) -> list[Stored]:
    """Write what calls have become, with attempts, counts and lanes; what is stored now."""
    lanes = Lanes(connection)
    after = [_placed(change, lanes) for _, change in changes]
    connection.executemany(_UPDATE, [_columns(stored) for stored in after])
    connection.executemany(
        _PUT_ATTEMPT,
        [
            attempt_row(now.call.id, now.call.last_attempt)
            for (before, _), now in zip(changes, after, strict=True)
            if now.call.last_attempt is not None and now.call.last_attempt != before.call.last_attempt
        ],
    )
    lanes.count((before.lane, now.lane) for (before, _), now in zip(changes, after, strict=True))
    count(connection, ((before.call, now.call) for (before, _), now in zip(changes, after, strict=True)))
    return after


def count(connection: Connection, moves: Iterable[tuple[Call | None, Call]]) -> None:
    """Keep the tallies. Before is None for a new call."""
    alike = Counter(
        (after.request.account, after.request.campaign, before.state if before else None, after.state)
        for before, after in moves
    )
    deltas: Counter[tuple[str, str, str]] = Counter()
    for (account, campaign, before_state, after_state), calls in alike.items():
        deltas[account, campaign, after_state] += calls
        if before_state is not None:
            deltas[account, campaign, before_state] -= calls
    connection.executemany(_COUNT, [(*place, calls) for place, calls in deltas.items() if calls])


class Lanes:
    """Lanes: the queued calls of one account, campaign and rank, which wait in the order of their due times."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._found: dict[Lane, int] = {}

    def of(self, call: Call) -> int:
        """The lane in which this call waits; made when it is the first."""
        lane = (call.request.account, call.request.campaign, call.due.rank)
        if lane not in self._found:
            known = self._connection.execute(_FIND_LANE, lane).fetchone()
            self._found[lane] = known[0] if known else self._connection.execute(_ADD_LANE, lane).lastrowid or 0
        return self._found[lane]

    def count(self, moves: Iterable[tuple[int | None, int | None]]) -> None:
        """Keep the numbers of those that wait. None: no lane."""
        deltas: Counter[int | None] = Counter()
        for before, after in moves:
            deltas[before] -= 1
            deltas[after] += 1
        changed = [(calls, lane) for lane, calls in deltas.items() if lane is not None and calls]
        self._connection.executemany(_COUNT_LANE, changed)


def _moved(stored: Stored | None, claim: Claim, step: Callable[[Call], Call]) -> Stored | LeaseLost:
    if stored is None or not holds(stored, claim):
        return LeaseLost(f"claim {claim.token} on call {claim.call.id} holds no longer")
    return Stored(step(stored.call), stored.token, stored.owner, stored.lease_until, stored.lane)


def _placed(stored: Stored, lanes: Lanes) -> Stored:
    """In a lane while it waits, under a lease while it is held, else in neither."""
    if stored.call.state is CallState.QUEUED:
        return Stored(stored.call, stored.token, None, None, lanes.of(stored.call))
    if stored.call.state in HELD:
        return Stored(stored.call, stored.token, stored.owner, stored.lease_until, None)
    return Stored(stored.call, stored.token, None, None, None)


def _columns(stored: Stored) -> tuple[object, ...]:
    call = stored.call
    return (
        call.state,
        call.due.at,
        call.due.rank,
        call.attempts,
        call.waiting_for,
        result_text(call.result),
        stored.lane,
        stored.token,
        stored.owner,
        stored.lease_until,
        call.id,
    )


def _refuse_repetition(claims: Iterable[Claim]) -> None:
    seen = Counter(claim.call.id for claim in claims)
    twice = [call_id for call_id, times in seen.items() if times > 1]
    if twice:
        raise ValueError(f"named more than once: calls {', '.join(map(str, twice))}")

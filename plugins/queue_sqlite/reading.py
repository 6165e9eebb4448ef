"""What people and the platform ask about calls."""

from collections.abc import Mapping
from sqlite3 import Connection

from mirabelle.core.interfaces.queue import NotFound
from mirabelle.core.types import Attempt, CallState, Room
from mirabelle.plugins.queue_sqlite.moves import load
from mirabelle.plugins.queue_sqlite.records import ATTEMPT_COLUMNS, Stored, attempt_value

_EXISTS = "SELECT 1 FROM call WHERE id = ?"
_ATTEMPTS = f"SELECT {ATTEMPT_COLUMNS} FROM attempt WHERE call_id = ? ORDER BY number"  # noqa: S608 - a constant
_COUNTS = "SELECT state, sum(calls) FROM tally GROUP BY state"
_RUNNING = """
    SELECT account, campaign, sum(calls) FROM tally
    WHERE calls > 0 AND state IN ('claimed', 'dialling', 'answered') GROUP BY account, campaign
"""


def existing(connection: Connection, call_id: int) -> Stored:
    """One call as the file has it. Raises `NotFound`."""
    stored = load(connection, [call_id]).get(call_id)
    if stored is None:
        raise NotFound(f"no call {call_id}")
    return stored


def attempts(connection: Connection, call_id: int) -> list[Attempt]:
    """The attempts of a call, first to last. Raises `NotFound`."""
    if connection.execute(_EXISTS, (call_id,)).fetchone() is None:
        raise NotFound(f"no call {call_id}")
    return [attempt_value(row) for row in connection.execute(_ATTEMPTS, (call_id,))]


def counts(connection: Connection) -> Mapping[CallState, int]:
    """How many calls are in each state, by the tallies."""
    tallies = dict(connection.execute(_COUNTS).fetchall())
    return {state: tallies.get(state, 0) for state in CallState}


def running(connection: Connection) -> Room:
    """Channels in use, by the tallies."""
    accounts: dict[str, int] = {}
    campaigns: dict[tuple[str, str], int] = {}
    for account, campaign, calls in connection.execute(_RUNNING):
        campaigns[account, campaign] = calls
        accounts[account] = accounts.get(account, 0) + calls
    return Room(sum(accounts.values()), accounts, campaigns)

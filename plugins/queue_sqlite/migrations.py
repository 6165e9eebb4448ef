"""The schema of the file, as the steps that lead to it.

Step N brings a file from version N to N + 1; the version is SQLite's own `user_version`. A step that has been released
is never changed: it is what old files were made by. docs/decisions/0121 says why this is not peewee's runner.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from peewee import SqliteDatabase

from mirabelle.core.interfaces.component import StorageFailed

Migration = Callable[[SqliteDatabase], None]

# "Mira", in the header of every file of ours: a wrong path must not put our tables into somebody else's database.
APPLICATION_ID = 0x4D697261


def _first_schema(database: SqliteDatabase) -> None:
    for statement in _FIRST_SCHEMA.split(";"):
        database.execute_sql(statement)


MIGRATIONS: tuple[Migration, ...] = (_first_schema,)


def migrate(database: SqliteDatabase, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """Bring the file up to date, wholly or not at all, while everybody else waits; the version that it had.

    Raises `StorageFailed` when the file is of a newer version than these steps know, or is not one of ours.
    """
    with database.atomic("EXCLUSIVE"):
        version = _checked_version(database, len(migrations))
        for step in migrations[version:]:
            step(database)
        if version < len(migrations):
            database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            database.execute_sql(f"PRAGMA user_version = {len(migrations)}")
    return version


def _checked_version(database: SqliteDatabase, known: int) -> int:
    path = Path(database.database)
    version = int(database.pragma("user_version"))
    foreign = int(database.pragma("application_id")) != APPLICATION_ID
    if foreign and (version or database.get_tables()):
        raise StorageFailed(f"{path} is the database of another program: give `path` the name of a file of its own")
    if version > known:
        raise StorageFailed(
            f"{path} has schema version {version}, and this Mirabelle knows versions up to {known}: "
            "start the newer Mirabelle that wrote it, or restore a copy from before the update"
        )
    return version


_FIRST_SCHEMA = """
CREATE TABLE call (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    campaign TEXT NOT NULL,
    request TEXT NOT NULL,
    state TEXT NOT NULL,
    queued_at REAL NOT NULL,
    due_at REAL NOT NULL,
    rank INTEGER NOT NULL,
    expires_at REAL,
    attempts INTEGER NOT NULL DEFAULT 0,
    waiting_for TEXT NOT NULL DEFAULT '',
    result TEXT,
    lane INTEGER,
    token INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    lease_until REAL,
    CHECK ((state = 'queued') = (lane IS NOT NULL)),
    CHECK ((state IN ('claimed', 'dialling', 'answered')) = (lease_until IS NOT NULL)),
    CHECK ((state = 'finished') = (result IS NOT NULL))
);
CREATE INDEX call_waiting ON call (lane, due_at, id, expires_at) WHERE lane IS NOT NULL;
CREATE INDEX call_expiring ON call (expires_at, id) WHERE lane IS NOT NULL AND expires_at IS NOT NULL;
CREATE INDEX call_leased ON call (lease_until, id) WHERE lease_until IS NOT NULL;

CREATE TABLE attempt (
    call_id INTEGER NOT NULL REFERENCES call (id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    started_at REAL NOT NULL,
    answered_at REAL,
    ended_at REAL,
    callee_type TEXT NOT NULL,
    cause TEXT NOT NULL,
    PRIMARY KEY (call_id, number)
) WITHOUT ROWID;

CREATE TABLE lane (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    campaign TEXT NOT NULL,
    rank INTEGER NOT NULL,
    waiting INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, campaign, rank)
);
CREATE INDEX lane_in_use ON lane (id) WHERE waiting > 0;

CREATE TABLE tally (
    account TEXT NOT NULL,
    campaign TEXT NOT NULL,
    state TEXT NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (account, campaign, state)
) WITHOUT ROWID;
CREATE INDEX tally_by_state ON tally (state, account, campaign, calls) WHERE calls > 0;

CREATE TABLE turn (
    account TEXT NOT NULL PRIMARY KEY,
    round INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX turn_round ON turn (round);

CREATE TABLE idempotency (
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    call_id INTEGER NOT NULL REFERENCES call (id),
    memo TEXT NOT NULL,
    expires_at REAL NOT NULL,
    PRIMARY KEY (account, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_expiring ON idempotency (expires_at);
CREATE INDEX idempotency_call ON idempotency (call_id);

CREATE TABLE command (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call_id INTEGER NOT NULL REFERENCES call (id),
    command TEXT NOT NULL
);
CREATE INDEX command_call ON command (call_id);

CREATE TABLE delivery (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    call_id INTEGER NOT NULL REFERENCES call (id),
    account TEXT NOT NULL,
    url TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at REAL NOT NULL,
    due_at REAL NOT NULL,
    tries INTEGER NOT NULL,
    state TEXT NOT NULL,
    last_error TEXT NOT NULL,
    settled_at REAL,
    offered_from REAL,
    CHECK ((state = 'pending') = (offered_from IS NOT NULL))
);
CREATE INDEX delivery_on_offer ON delivery (offered_from, seq) WHERE offered_from IS NOT NULL;
CREATE INDEX delivery_call ON delivery (call_id, seq);
CREATE INDEX delivery_state ON delivery (state, seq);

CREATE TABLE account (
    login TEXT NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL,
    pin_hash TEXT NOT NULL,
    webhook_secret TEXT
) WITHOUT ROWID;

CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call_id INTEGER NOT NULL,
    attempt INTEGER,
    kind TEXT NOT NULL,
    at REAL NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX event_call ON event (call_id, id);
CREATE INDEX event_at ON event (at);
"""

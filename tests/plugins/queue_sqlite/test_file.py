"""The file itself: its schema, who shares it, and what is said when it cannot be used."""

import asyncio
import sqlite3
import stat
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from peewee import SqliteDatabase

from mirabelle.core.interfaces.component import StorageFailed
from mirabelle.core.testing.directory import ACME, SECRETS
from mirabelle.core.testing.queue_storage.samples import EVERYWHERE, LATER, NOON, added, new_call, over
from mirabelle.core.testing.storages import lent_to_storage
from mirabelle.core.types import CallState, DeliveryState, Event, EventKind
from mirabelle.plugins.queue_sqlite import (
    SqliteDirectory,
    SqliteJournal,
    SqliteOptions,
    SqliteQueue,
    claiming,
    moves,
    outbox,
    reading,
)
from mirabelle.plugins.queue_sqlite.migrations import MIGRATIONS, migrate

FREQUENT = (
    claiming._LANES_DUE,
    claiming._NEXT_IN_LANE,
    claiming._EXPIRED,
    claiming._LAPSED,
    claiming._NEXT_INSTANT,
    moves._SELECT,
    outbox._ON_OFFER,
    reading._RUNNING,
)
SCHEMA_1 = Path(__file__).with_name("schema_1.sql")


def path_in(folder: Path) -> Path:
    return folder / "mirabelle.sqlite"


def modes_in(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


async def test_a_file_of_version_1_is_brought_up_to_date_with_all_that_is_in_it(
    tmp_path: Path, make_queue: Callable[[], SqliteQueue]
) -> None:
    with sqlite3.connect(path_in(tmp_path)) as old:
        old.executescript(SCHEMA_1.read_text(encoding="utf-8"))
    old.close()
    queue, directory = make_queue(), SqliteDirectory(SqliteOptions(), lent_to_storage(tmp_path))
    await queue.open()
    await directory.open()
    states = {call_id: (await queue.call(call_id)).state for call_id in (1, 2, 3)}
    assert states == {1: CallState.FINISHED, 2: CallState.DIALLING, 3: CallState.QUEUED}
    first = await queue.call(1)
    assert (first.request.variables, first.result and first.result.reason) == ({"Name": "Zoë"}, "user busy")
    assert [attempt.cause for attempt in await queue.attempts(1)] == ["user busy"]
    (post,) = await queue.deliveries(DeliveryState.DEAD)
    assert (post.body, post.last_error) == (b"result=Failed\x00\xff", "HTTP 404")
    (again,) = await queue.add_many([new_call(key=None)], NOON)
    assert again.call_id == 4
    assert await queue.repeated("acme", "order-7", NOON) is not None
    assert [claim.call.id for claim in await queue.claim(NOON, "n", LATER, EVERYWHERE, 9)] == [4, 3]
    assert await directory.secrets("acme") == SECRETS
    await queue.close()
    await directory.close()


def test_migrations_run_once_each_in_order_or_not_at_all(tmp_path: Path) -> None:
    database = SqliteDatabase(str(path_in(tmp_path)))
    one = (lambda database: database.execute_sql("CREATE TABLE one (x)"),)
    two = (*one, lambda database: database.execute_sql("ALTER TABLE one ADD COLUMN y"))
    with database:
        assert migrate(database, one) == 0
        database.execute_sql("INSERT INTO one VALUES (7)")
        assert migrate(database, two) == 1
        assert migrate(database, two) == 2
        assert database.execute_sql("SELECT x, y FROM one").fetchall() == [(7, None)]
    database.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    def broken(database: SqliteDatabase) -> None:
        database.execute_sql("CREATE TABLE half (x)")
        raise RuntimeError("no way")

    database = SqliteDatabase(str(path_in(tmp_path)))
    with database:
        migrate(database)
        with pytest.raises(RuntimeError, match="no way"):
            migrate(database, (*MIGRATIONS, broken))
        assert "half" not in database.get_tables()
        assert migrate(database) == len(MIGRATIONS)
    database.close()


async def test_a_file_of_a_newer_version_is_refused_and_left_alone(
    tmp_path: Path, make_queue: Callable[[], SqliteQueue]
) -> None:
    queue = make_queue()
    await queue.open()
    await queue.close()
    with sqlite3.connect(path_in(tmp_path)) as file:
        file.execute("PRAGMA user_version = 999")
    file.close()
    with pytest.raises(StorageFailed, match=r"version 999.*newer"):
        await queue.open()
    await queue.close()


@pytest.mark.parametrize(
    ("content", "complaint"), [(b"not a database at all, " * 100, "not an SQLite file"), (None, "another program")]
)
async def test_a_file_that_is_not_ours_is_refused_and_left_alone(
    tmp_path: Path, make_queue: Callable[[], SqliteQueue], content: bytes | None, complaint: str
) -> None:
    path = path_in(tmp_path)
    if content is None:
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE recipes (name)")
        other.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(StorageFailed, match=complaint) as refusal:
        await make_queue().open()
    assert str(path) in str(refusal.value)
    assert path.read_bytes() == before


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    queue = SqliteQueue(SqliteOptions(path="file/mirabelle.sqlite"), lent_to_storage(tmp_path))
    with pytest.raises(StorageFailed, match=r"file/mirabelle\.sqlite.*create"):
        await queue.open()
    await queue.close()


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are Unix's")
async def test_only_the_owner_may_read_the_file(tmp_path: Path, queue: SqliteQueue) -> None:
    await added(queue, new_call())
    assert modes_in(tmp_path) == {
        "mirabelle.sqlite": 0o600,
        "mirabelle.sqlite-wal": 0o600,
        "mirabelle.sqlite-shm": 0o600,
    }


async def test_the_file_is_durable_and_checked(tmp_path: Path, queue: SqliteQueue) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys")
    values = await queue.file.write(lambda file: [file.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas])
    assert values == ["wal", 2, 1]


async def test_components_of_a_process_share_one_writer(
    tmp_path: Path, queue: SqliteQueue, directory: SqliteDirectory, journal: SqliteJournal
) -> None:
    assert queue.file is directory.file is journal.file
    writers = [thread for thread in threading.enumerate() if thread.name == f"Writer {path_in(tmp_path)}"]
    assert len(writers) == 1


async def test_the_last_to_leave_closes_the_file(tmp_path: Path, make_queue: Callable[[], SqliteQueue]) -> None:
    first, second = make_queue(), make_queue()
    await first.open()
    await second.open()
    await first.close()
    await added(second, new_call())
    with pytest.raises(StorageFailed, match="not open"):
        await first.counts()
    await second.close()
    assert [thread for thread in threading.enumerate() if str(path_in(tmp_path)) in thread.name] == []


async def test_what_was_asked_for_before_closing_is_done(make_queue: Callable[[], SqliteQueue]) -> None:
    queue = make_queue()
    await queue.open()
    adding = [asyncio.ensure_future(queue.add_many([new_call()], NOON)) for _ in range(20)]
    await asyncio.sleep(0)
    await queue.close()
    assert len({answer.call_id for (answer,) in await asyncio.gather(*adding)}) == 20
    with pytest.raises(StorageFailed, match="not open"):
        await queue.add_many([new_call()], NOON)
    await queue.open()
    assert (await queue.counts())[CallState.QUEUED] == 20
    await queue.close()


async def test_a_job_that_fails_takes_no_neighbour_with_it(queue: SqliteQueue) -> None:
    broken = new_call(variables={"x": object()})
    answers = await asyncio.gather(
        queue.add_many([new_call("before")], NOON),
        queue.add_many([new_call("beside"), broken], NOON),
        queue.add_many([new_call("after")], NOON),
        return_exceptions=True,
    )
    assert [type(answer).__name__ for answer in answers] == ["list", "TypeError", "list"]
    claims = await queue.claim(NOON, "n", LATER, EVERYWHERE, 9)
    assert sorted(claim.call.request.account for claim in claims) == ["after", "before"]


async def test_who_gives_up_waiting_gets_no_claim(queue: SqliteQueue) -> None:
    await added(queue, new_call())
    gate = threading.Event()
    blocking = asyncio.ensure_future(queue.file.write(lambda file: gate.wait(30)))
    await asyncio.sleep(0)
    claiming = asyncio.ensure_future(queue.claim(NOON, "n", LATER, EVERYWHERE, 1))
    await asyncio.sleep(0)
    claiming.cancel()
    gate.set()
    assert await blocking is True
    with pytest.raises(asyncio.CancelledError):
        await claiming
    assert (await queue.counts())[CallState.QUEUED] == 1


async def test_a_file_that_stays_locked_is_told_to_everybody_who_waits(tmp_path: Path) -> None:
    queue = SqliteQueue(SqliteOptions(busy_timeout=0.01), lent_to_storage(tmp_path))
    await queue.open()
    other = sqlite3.connect(path_in(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answers = await asyncio.gather(*(queue.add_many([new_call()], NOON) for _ in range(5)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [StorageFailed] * 5
    assert "locked" in str(answers[0])
    other.execute("ROLLBACK")
    other.close()
    assert len(await added(queue, new_call())) == 1
    await queue.close()


async def test_secrets_are_in_the_table_of_accounts_and_nowhere_else(
    tmp_path: Path, queue: SqliteQueue, directory: SqliteDirectory, journal: SqliteJournal
) -> None:
    await directory.add_account(ACME, SECRETS)
    await directory.change_account(replace(ACME, channels=3))
    with pytest.raises(StorageFailed) as failure:
        await directory.add_account(replace(ACME, login="other"), replace(SECRETS, pin_hash=[SECRETS.pin_hash]))  # type: ignore[arg-type]
    await journal.append([Event(EventKind.LOG, NOON, 1)])
    shown = repr((queue, directory, journal, directory.file, failure.value, await journal.read(1)))
    assert SECRETS.pin_hash not in shown
    assert str(SECRETS.webhook_secret) not in shown

    def tables_with_secrets(file: sqlite3.Connection) -> list[str]:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [name for name in tables if SECRETS.pin_hash in repr(file.execute(f"SELECT * FROM {name}").fetchall())]

    assert await queue.file.read(tables_with_secrets) == ["account"]


async def test_finding_calls_never_walks_through_the_calls(queue: SqliteQueue) -> None:
    named = dict.fromkeys(("now", "lane", "due_at", "call_id", "page"), 1)

    def plan(file: sqlite3.Connection, statement: str) -> list[str]:
        values = named if ":" in statement else (1,) * statement.count("?")
        return [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {statement}", values)]

    steps = await queue.file.read(lambda file: [step for statement in FREQUENT for step in plan(file, statement)])
    # Lanes with somebody in them, and lists of ids that are arguments: nothing that grows with the calls.
    few = {"SCAN lane USING INDEX lane_in_use", "SCAN json_each VIRTUAL TABLE INDEX 1:"}
    assert {step for step in steps if step.startswith("SCAN")} <= few
    assert "SEARCH call USING INDEX call_expiring (expires_at<?)" in steps


async def test_a_finished_storage_finishes_a_call_after_a_restart(make_queue: Callable[[], SqliteQueue]) -> None:
    queue = make_queue()
    await queue.open()
    await added(queue, new_call())
    (claim,) = await queue.claim(NOON, "n", LATER, EVERYWHERE, 1)
    await queue.close()
    await queue.open()
    assert await queue.finish_many([over(claim)]) == [None]
    await queue.close()

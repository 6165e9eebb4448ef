"""What other processes, crashes and full disks do to the file."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mirabelle.core.testing.queue_storage.samples import EVERYWHERE, LATER, NOON, added, ids, lost, new_call, over
from mirabelle.core.types import AttemptState, CallState
from mirabelle.plugins.queue_sqlite import SqliteQueue

NODE = Path(__file__).with_name("node.py")
PATIENCE = 60.0


def start(folder: Path, name: str, work: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(NODE), str(folder), name, work]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def read_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


async def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, make_queue: Callable[[], SqliteQueue]) -> None:
    node = start(tmp_path, "1", "hang")
    with node:
        assert read_line(node) == "done"
        node.kill()
    queue = make_queue()
    await queue.open()
    calls = {(call := await queue.call(call_id)).request.account: call for call_id in range(1, 6)}
    assert {account: call.state for account, call in calls.items()} == {
        "talking": CallState.ANSWERED,
        "dialling": CallState.DIALLING,
        "retried": CallState.QUEUED,
        "finished": CallState.FINISHED,
        "queued": CallState.QUEUED,
    }
    assert [post.call_id for post in await queue.deliveries()] == [calls["finished"].id]
    assert calls["finished"].result is not None
    assert dict(await queue.counts())[CallState.QUEUED] == 2
    taken = await queue.lapsed(LATER, "node-2", LATER + 60, 9)
    assert set(ids(taken)) == {calls["talking"].id, calls["dialling"].id}
    assert lost(await queue.finish_many([over(claim, interrupted=True) for claim in taken])) == [False, False]
    for account in ("talking", "dialling"):
        (attempt,) = await queue.attempts(calls[account].id)
        assert attempt.state is AttemptState.INTERRUPTED
    await queue.close()


async def test_processes_never_get_the_same_call(tmp_path: Path, queue: SqliteQueue) -> None:
    expected = await added(queue, *[new_call(f"a{n % 3}") for n in range(120)])
    nodes = [start(tmp_path, str(n), "claim") for n in range(3)]
    assert [read_line(node) for node in nodes] == ["ready"] * 3
    taken: list[list[str]] = []
    for node in nodes:
        assert node.stdin is not None
        node.stdin.write("go\n")
        node.stdin.flush()
    taken = [node.communicate(timeout=PATIENCE)[0].split() for node in nodes]
    assert [node.returncode for node in nodes] == [0, 0, 0]
    assert sorted(int(call_id) for part in taken for call_id in part) == expected
    assert (await queue.counts())[CallState.DIALLING] == 120


async def test_processes_may_make_the_file_together(tmp_path: Path, make_queue: Callable[[], SqliteQueue]) -> None:
    nodes = [start(tmp_path / "new" / "folder", str(n), "claim") for n in range(4)]
    assert [node.communicate("go\n", timeout=PATIENCE)[0].split() for node in nodes] == [["ready"]] * 4
    assert [node.returncode for node in nodes] == [0] * 4


async def test_a_fenced_node_in_another_process_changes_nothing(
    tmp_path: Path, make_queue: Callable[[], SqliteQueue]
) -> None:
    # Two storages on one file in one process share the writer; the other side of the fence is a copy of the claim.
    first, second = make_queue(), make_queue()
    await first.open()
    await second.open()
    await added(first, new_call())
    (old,) = await first.claim(NOON, "node-1", LATER, EVERYWHERE, 1)
    await first.dial_many([old], NOON)
    (new,) = await second.lapsed(LATER, "node-2", LATER + 60, 1)
    assert lost(await first.finish_many([over(old)])) == [True]
    await first.close()
    assert lost(await second.finish_many([over(new)])) == [False]
    await second.close()


async def test_a_full_disk_is_told_to_those_whom_it_concerns_and_nobody_else(
    tmp_path: Path, make_queue: Callable[[], SqliteQueue]
) -> None:
    pytest.importorskip("resource", reason="the size of files can be limited on Unix only")
    node = start(tmp_path, "1", "fill")
    output, _ = node.communicate(timeout=PATIENCE)
    assert node.returncode == 0
    lines = output.splitlines()
    refused = [line for line in lines if not line.startswith("added")]
    kept = [int(line.removeprefix("added ")) for line in lines if line.startswith("added")]
    assert lines[3:4] == refused
    assert "mirabelle.sqlite" in refused[0]
    assert "disk" in refused[0]
    queue = make_queue()
    await queue.open()
    assert (await queue.counts())[CallState.QUEUED] == len(kept) == 6
    assert [(await queue.call(call_id)).id for call_id in kept] == kept
    await queue.close()

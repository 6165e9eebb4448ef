"""Recordings in files: what is on the disk, and what remains of processes that died."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mirabelle.core.interfaces.component import Lent, StorageFailed
from mirabelle.core.interfaces.recordings import StoreFull
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.recording_store import RecordingStoreContract
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.plugins.recordings_files import FilesOptions, RecordingFiles

SMALL = FilesOptions(largest=100, largest_total=250)


class TestRecordingFiles(RecordingStoreContract):
    def make(self, lent: Lent) -> RecordingFiles:
        return RecordingFiles(FilesOptions(), lent)

    def make_small(self, lent: Lent) -> RecordingFiles:
        return RecordingFiles(SMALL, lent)


def files(data: Path) -> list[str]:
    return sorted(path.name for path in data.rglob("*") if path.is_file() and path.suffix != ".lock")


async def opened(data: Path, options: FilesOptions | None = None, clock: VirtualClock | None = None) -> RecordingFiles:
    store = RecordingFiles(options or FilesOptions(), lent(clock, data=data))
    await store.open()
    return store


async def kept(store: RecordingFiles, data: bytes = b"sound", call_id: int = 7, media_type: str = "audio/x-wav") -> str:
    writer = await store.begin(call_id, media_type)
    await writer.write(data)
    return await writer.finish()


@pytest.mark.parametrize(
    ("media_type", "suffix"), [("audio/x-wav", ".wav"), ("audio/basic", ".ulaw"), ("audio/opus", ".sound")]
)
async def test_files_are_for_nobody_else_and_say_what_they_are(tmp_path: Path, media_type: str, suffix: str) -> None:
    store = await opened(tmp_path)
    recording = await kept(store, media_type=media_type)
    (path,) = (path for path in tmp_path.rglob("7-*") if path.is_file())  # noqa: ASYNC240
    assert path.suffix == suffix
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert await store.read(recording) == b"sound"
    await store.close()


async def test_what_is_not_finished_is_no_recording(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    writer = await store.begin(7, "audio/x-wav")
    await writer.write(b"half")
    (name,) = files(tmp_path)
    assert name.endswith(".wav.part")
    await writer.discard()
    assert files(tmp_path) == []
    await store.close()


async def test_all_together_are_limited_also_those_of_others(tmp_path: Path) -> None:
    first, second = await opened(tmp_path, SMALL), await opened(tmp_path, SMALL)
    await kept(first, b"x" * 100)
    await kept(first, b"x" * 100)
    third = await opened(tmp_path, SMALL)
    writer = await third.begin(8, "audio/x-wav")
    with pytest.raises(StoreFull, match="largest_total"):
        await writer.write(b"x" * 51)
    await writer.discard()
    await first.forget(7)
    await kept(first, b"x" * 100)
    for store in (first, second, third):
        await store.close()


async def test_retention_keeps_files_for_people(tmp_path: Path) -> None:
    clock = VirtualClock()
    store = await opened(tmp_path, FilesOptions(retention=3600), clock)
    await kept(store)
    await store.forget(7)
    assert len(files(tmp_path)) == 1
    clock.advance(3500)
    await kept(store, call_id=8)
    assert len(files(tmp_path)) == 2
    clock.advance(200)
    await kept(store, call_id=9)
    assert [name.partition("-")[0] for name in files(tmp_path)] == ["8", "9"]
    clock.advance(10 * 3600)
    await kept(store, call_id=9)
    assert [name.partition("-")[0] for name in files(tmp_path)] == ["8", "9", "9"], "those calls are not over"
    await store.close()


async def test_who_comes_later_removes_what_was_kept_long_enough(tmp_path: Path) -> None:
    clock = VirtualClock()
    store = await opened(tmp_path, FilesOptions(retention=3600), clock)
    await kept(store)
    await store.close()
    clock.advance(3000)
    await (await opened(tmp_path, FilesOptions(retention=3600), clock)).close()
    assert len(files(tmp_path)) == 1
    clock.advance(1000)
    await (await opened(tmp_path, FilesOptions(retention=3600), clock)).close()
    assert files(tmp_path) == []
    assert list((tmp_path / "recordings").iterdir()) == [], "folders and locks go as well"


RECORDS_UNTIL_KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from typing import Any
from mirabelle.core.testing.lending import lent
from mirabelle.plugins.recordings_files import FilesOptions, RecordingFiles

async def main():
    store = RecordingFiles(FilesOptions(), lent(data=Path(sys.argv[1])))
    await store.open()
    writer = await store.begin(7, "audio/x-wav")
    await writer.write(b"half a message" * 1000)
    print("writing", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_a_process_that_was_killed_leaves_no_half_recording(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: ASYNC220
        [sys.executable, "-c", RECORDS_UNTIL_KILLED, str(tmp_path)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        beside = await opened(tmp_path)
        (half,) = files(tmp_path)
        assert half.endswith(".part"), "whoever lives is left alone"
        os.kill(process.pid, signal.SIGKILL)
    assert files(tmp_path) == [half]
    await (await opened(tmp_path)).close()
    assert files(tmp_path) == []
    await beside.close()


async def test_a_disk_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = await opened(tmp_path)
    writer = await store.begin(7, "audio/x-wav")
    await writer.write(b"sound")

    def fails(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(StorageFailed, match="No space left on device"):
        await writer.finish()
    assert files(tmp_path) == []
    await store.close()


async def test_a_folder_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "recordings").write_text("a file")
    with pytest.raises(StorageFailed, match="recordings"):
        await opened(tmp_path)


@pytest.mark.parametrize(
    "options", [{"retention": -1.0}, {"retention": float("inf")}, {"largest": 0}, {"largest": 10, "largest_total": 9}]
)
def test_options_that_make_no_sense(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        FilesOptions(**options)

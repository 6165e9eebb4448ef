"""What every RecordingStore must do. For plugin authors: `class TestMine(RecordingStoreContract)`.

pytest collects the inherited tests; `make` is all that has to be written.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from mirabelle.core.clock import SystemClock
from mirabelle.core.interfaces.component import Lent, StorageFailed
from mirabelle.core.interfaces.recordings import NoSuchRecording, RecordingStore, StoreFull
from mirabelle.core.testing.lending import lent

WAV = "audio/x-wav"


class RecordingStoreContract(ABC):
    """Promises of `RecordingStore`."""

    @abstractmethod
    def make(self, lent: Lent) -> RecordingStore:
        """A new store, not opened, that keeps nothing when a call is over."""

    @abstractmethod
    def make_small(self, lent: Lent) -> RecordingStore:
        """The same, with room for recordings of 100 bytes."""

    @asynccontextmanager
    async def opened(self, data: Path, *, small: bool = False) -> AsyncIterator[RecordingStore]:
        """An opened store."""
        means = lent(SystemClock(), data=data)
        store = self.make_small(means) if small else self.make(means)
        await store.open()
        try:
            yield store
        finally:
            await store.close()

    async def test_a_recording_is_kept_piece_by_piece(self, tmp_path: Path) -> None:
        """In the order of writing; its id is safe everywhere."""
        async with self.opened(tmp_path) as store:
            writer = await store.begin(1, WAV)
            for piece in (b"abc", b"", b"def" * 50_000):
                await writer.write(piece)
            recording = await writer.finish()
            assert re.fullmatch(r"[A-Za-z0-9_-]{20,}", recording)
            assert await store.read(recording) == b"abc" + b"def" * 50_000

    async def test_a_header_is_written_over_the_beginning(self, tmp_path: Path) -> None:
        """`head` replaces as many bytes."""
        async with self.opened(tmp_path) as store:
            writer = await store.begin(1, WAV)
            await writer.write(b"xxxxdata")
            assert await store.read(await writer.finish(b"head")) == b"headdata"

    async def test_recordings_do_not_mix(self, tmp_path: Path) -> None:
        """Several at once, also of one call."""
        async with self.opened(tmp_path) as store:
            writers = [await store.begin(call_id, WAV) for call_id in (1, 1, 2)]
            for number, writer in enumerate(writers):
                await writer.write(bytes([number]))
            ids = [await writer.finish() for writer in writers]
            assert len(set(ids)) == 3
            assert [await store.read(each) for each in ids] == [b"\0", b"\1", b"\2"]

    async def test_what_is_discarded_is_gone(self, tmp_path: Path) -> None:
        """Nothing of it takes room, whatever was written."""
        async with self.opened(tmp_path, small=True) as store:
            for _ in range(5):
                writer = await store.begin(1, WAV)
                await writer.write(b"x" * 90)
                await writer.discard()
            writer = await store.begin(1, WAV)
            await writer.write(b"x" * 90)
            await writer.finish()

    async def test_too_much_is_refused(self, tmp_path: Path) -> None:
        """With what was written before, and it can be discarded then."""
        async with self.opened(tmp_path, small=True) as store:
            writer = await store.begin(1, WAV)
            await writer.write(b"x" * 90)
            with pytest.raises(StoreFull) as refused:
                await writer.write(b"x" * 1000)
            assert str(refused.value).strip()
            await writer.discard()

    @pytest.mark.parametrize("recording", ["", "nothing", "../../etc/passwd", "/etc/passwd", "\0", "é" * 1000])
    async def test_what_is_not_there(self, tmp_path: Path, recording: str) -> None:
        """Whatever is asked for."""
        async with self.opened(tmp_path) as store:
            with pytest.raises(NoSuchRecording):
                await store.read(recording)

    async def test_the_end_of_a_call_is_the_end_of_its_recordings(self, tmp_path: Path) -> None:
        """And of no other call's; a call without any has nothing to forget."""
        async with self.opened(tmp_path) as store:
            writers = [await store.begin(call_id, WAV) for call_id in (1, 2)]
            ids = [await writer.finish() for writer in writers]
            await store.forget(1)
            await store.forget(1)
            await store.forget(3)
            with pytest.raises(StorageFailed):
                await store.read(ids[0])
            assert await store.read(ids[1]) == b""

    async def test_a_store_is_opened_again(self, tmp_path: Path) -> None:
        """And beside another that is open on the same data."""
        async with self.opened(tmp_path) as first, self.opened(tmp_path) as second:
            kept = [await (await store.begin(1, WAV)).finish() for store in (first, second)]
            assert await first.read(kept[0]) == await second.read(kept[1]) == b""
        async with self.opened(tmp_path) as again:
            await (await again.begin(1, WAV)).finish()

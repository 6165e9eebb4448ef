"""The store of recordings in files."""

import asyncio
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar

from mirabelle.core.interfaces.component import Lent, StorageFailed
from mirabelle.core.interfaces.recordings import NoSuchRecording, RecordingStore, RecordingWriter, StoreFull
from mirabelle.plugins.recordings_files.folder import PART, ProcessFolder, expire, synchronised
from mirabelle.plugins.recordings_files.options import FilesOptions

T = TypeVar("T")

SUFFIXES: Final = {
    "audio/x-wav": ".wav",
    "audio/wav": ".wav",
    "audio/basic": ".ulaw",
    "audio/x-alaw-basic": ".alaw",
    "audio/mpeg": ".mp3",
}
OTHER: Final = ".sound"
# How often what is kept is looked at as a whole: seconds.
LOOK_EVERY: Final = 60.0

_ID: Final = re.compile(r"([0-9a-f]{16})-([0-9]+-[0-9a-f]{32})")


class RecordingFiles(RecordingStore):
    """One file a recording: `FOLDER/PROCESS/CALL-RANDOM.wav`. Until it is finished its name ends in `.part`."""

    name = "files"
    Options = FilesOptions
    options: FilesOptions

    def __init__(self, options: Any, lent: Lent) -> None:
        super().__init__(options, lent)
        self._folder = ProcessFolder(lent.data / self.options.folder)
        self._total = 0
        self._looked_at = 0.0
        self._of_calls: dict[int, set[Path]] = {}

    async def open(self) -> None:
        """Take a folder, and remove what dead processes have left."""
        await _on_thread(self._folder.take)
        await self._look()

    async def close(self) -> None:
        """Give the folder back."""
        await _on_thread(self._folder.release)

    async def begin(self, call_id: int, media_type: str) -> RecordingWriter:
        """As `RecordingStore`."""
        if self.lent.clock.monotonic() - self._looked_at >= LOOK_EVERY:
            await self._look()
        if self._total >= self.options.largest_total:
            raise StoreFull(f"all recordings together have {self._total} bytes: recordings.files.largest_total")
        stem = f"{call_id}-{secrets.token_hex(16)}"
        path = self._folder.path / f"{stem}{SUFFIXES.get(media_type, OTHER)}"
        self._of_calls.setdefault(call_id, set()).add(path)
        file = await _on_thread(lambda: _created(path.with_name(path.name + PART)))
        return _Writer(self, f"{self._folder.name}-{stem}", path, file)

    async def read(self, recording_id: str) -> bytes:
        """As `RecordingStore`."""
        found = _ID.fullmatch(recording_id)
        if found is None:
            raise NoSuchRecording(f"{recording_id[:100]!r} is no recording's id")
        folder = self._folder.path.parent / found[1]
        data = await _on_thread(lambda: _read(folder, found[2]))
        if data is None:
            raise NoSuchRecording(f"there is no recording {recording_id}")
        return data

    async def forget(self, call_id: int) -> None:
        """As `RecordingStore`."""
        paths = self._of_calls.pop(call_id, set())
        if not self.options.retention and paths:
            self._total -= await _on_thread(lambda: sum(_removed(path) for path in paths))

    def grow(self, before: int, added: int) -> None:
        """Make room for so many bytes of a recording that has `before`. Raises `StoreFull`."""
        if before + added > self.options.largest:
            raise StoreFull(f"a recording has at most {self.options.largest} bytes: recordings.files.largest")
        if self._total + added > self.options.largest_total:
            limit = f"{self.options.largest_total} bytes: recordings.files.largest_total"
            raise StoreFull(f"all recordings together have at most {limit}")
        self._total += added

    def shrink(self, removed: int) -> None:
        """So many bytes are not kept after all."""
        self._total -= removed

    async def _look(self) -> None:
        """Remove what nobody needs, and see how much there is."""
        self._looked_at = self.lent.clock.monotonic()
        # What has just been finished may not be known to be a call's yet.
        oldest = self.lent.clock.now() - max(self.options.retention, LOOK_EVERY)
        live = set[Path]().union(*self._of_calls.values())
        folder = self._folder

        def look() -> int:
            folder.clean(oldest)
            expire(set(folder.path.glob("*")) - live, oldest)
            return folder.size()

        self._total = await _on_thread(look)


class _Writer(RecordingWriter):
    def __init__(self, store: RecordingFiles, recording_id: str, path: Path, file: BinaryIO) -> None:
        self._store = store
        self._id = recording_id
        self._path = path
        self._file = file
        self._size = 0

    @property
    def _part(self) -> Path:
        return self._path.with_name(self._path.name + PART)

    async def write(self, data: bytes) -> None:
        self._store.grow(self._size, len(data))
        self._size += len(data)
        await _on_thread(lambda: self._file.write(data))

    async def finish(self, head: bytes = b"") -> str:
        try:
            await _on_thread(lambda: self._finish(head, self._store.lent.clock.now()))
        except StorageFailed:
            await self.discard()
            raise
        return self._id

    async def discard(self) -> None:
        self._store.shrink(self._size)
        self._size = 0
        await asyncio.to_thread(self._discard)

    def _finish(self, head: bytes, now: float) -> None:
        with self._file:
            self._file.seek(0)
            self._file.write(head)
            self._file.flush()
            os.fsync(self._file.fileno())
        # The clock of the platform may not be that of the file system.
        os.utime(self._part, (now, now))
        self._part.rename(self._path)
        synchronised(self._path.parent)

    def _discard(self) -> None:
        try:
            self._file.close()
        except OSError:
            # A disk that is full says so once more; the file goes all the same.
            pass
        finally:
            self._part.unlink(missing_ok=True)


async def _on_thread(work: Callable[[], T]) -> T:
    """Do what blocks; its failure is `StorageFailed`."""
    try:
        return await asyncio.to_thread(work)
    except OSError as error:
        raise StorageFailed(f"recordings: {error.strerror or error}: {error.filename or 'the disk'}") from error


def _created(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")


def _read(folder: Path, stem: str) -> bytes | None:
    for suffix in dict.fromkeys((*SUFFIXES.values(), OTHER)):
        try:
            return (folder / f"{stem}{suffix}").read_bytes()
        except FileNotFoundError:
            continue
    return None


def _removed(path: Path) -> int:
    try:
        size = path.stat().st_size
        path.unlink()
    except FileNotFoundError:
        return 0
    return size

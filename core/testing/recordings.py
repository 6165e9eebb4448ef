"""A store of recordings for tests and rehearsals, in memory."""

import secrets

from mirabelle.core.interfaces.component import NoOptions
from mirabelle.core.interfaces.recordings import NoSuchRecording, RecordingStore, RecordingWriter, StoreFull
from mirabelle.core.testing.lending import lent


class RecordingsInMemory(RecordingStore):
    """Keeps recordings until their call is forgotten. `largest` is for each."""

    name = "memory"

    def __init__(self, largest: int = 10 << 20) -> None:
        super().__init__(NoOptions(), lent())
        self.largest = largest
        self._kept: dict[str, tuple[int, bytes]] = {}

    async def begin(self, call_id: int, media_type: str) -> RecordingWriter:
        """As `RecordingStore`."""
        return _Writer(self, call_id)

    async def read(self, recording_id: str) -> bytes:
        """As `RecordingStore`."""
        return self.data(recording_id)

    async def forget(self, call_id: int) -> None:
        """As `RecordingStore`."""
        self._kept = {each: kept for each, kept in self._kept.items() if kept[0] != call_id}

    def data(self, recording_id: str) -> bytes:
        """A recording, at once. Raises `NoSuchRecording`."""
        if recording_id not in self._kept:
            raise NoSuchRecording(f"there is no recording {recording_id}")
        return self._kept[recording_id][1]

    def keep(self, call_id: int, data: bytes) -> str:
        """A whole recording; its id."""
        recording_id = secrets.token_urlsafe(16)
        self._kept[recording_id] = (call_id, data)
        return recording_id

    @property
    def kept(self) -> list[bytes]:
        """All that is kept, in the order in which it came."""
        return [data for _, data in self._kept.values()]


class _Writer(RecordingWriter):
    def __init__(self, store: RecordingsInMemory, call_id: int) -> None:
        self._store = store
        self._call_id = call_id
        self._data = bytearray()

    async def write(self, data: bytes) -> None:
        if len(self._data) + len(data) > self._store.largest:
            raise StoreFull(f"a recording has at most {self._store.largest} bytes")
        self._data += data

    async def finish(self, head: bytes = b"") -> str:
        self._data[: len(head)] = head
        return self._store.keep(self._call_id, bytes(self._data))

    async def discard(self) -> None:
        self._data.clear()

"""The recordings of one call: written to the store, and found again by URLs that are worth nothing elsewhere."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mirabelle.core.interfaces.recordings import NoSuchRecording, RecordingStore, RecordingWriter, StoreFull
from mirabelle.vxml_interpreter.answers import Recording

SCHEME: Final = "recording"
# Less room than this is none: half a second of sound.
LEAST: Final = 4096


@dataclass(frozen=True, slots=True)
class _Kept:
    id: str
    type: str


class CallRecordings:
    """What a script has recorded in its call. Other calls' recordings cannot be named: the URLs are this call's own.

    `name` makes what each URL ends with.
    """

    def __init__(
        self,
        store: RecordingStore,
        call_id: int,
        largest_in_all: int,
        name: Callable[[], str] = lambda: secrets.token_urlsafe(16),
    ) -> None:
        self._store = store
        self._name = name
        self._call_id = call_id
        self._room = largest_in_all
        self._kept: dict[str, _Kept] = {}

    @property
    def room(self) -> int:
        """How many bytes may still be recorded in this call."""
        return self._room

    async def begin(self, media_type: str) -> "Writing":
        """Begin one. Raises `StorageFailed`."""
        if self._room < LEAST:
            raise StoreFull("this call has recorded all that it may: scripts.recordings.largest_call")
        return Writing(await self._store.begin(self._call_id, media_type), media_type, self._add)

    async def read(self, url: str) -> tuple[str, bytes]:
        """Media type and bytes of a recording of this call. Raises `StorageFailed`."""
        kept = self._kept.get(url)
        if kept is None:
            raise NoSuchRecording(f"{url[:100]} is no recording of this call")
        return kept.type, await self._store.read(kept.id)

    def id_of(self, url: str) -> str | None:
        """What the store calls a recording of this call; None: there is none of that URL."""
        kept = self._kept.get(url)
        return None if kept is None else kept.id

    async def forget(self) -> None:
        """The call is over."""
        self._kept.clear()
        await self._store.forget(self._call_id)

    def _add(self, recording_id: str, media_type: str, size: int) -> str:
        url = f"{SCHEME}:{self._name()}"
        self._kept[url] = _Kept(recording_id, media_type)
        self._room -= size
        return url


class Writing:
    """One recording under way."""

    def __init__(self, writer: RecordingWriter, media_type: str, add: Callable[[str, str, int], str]) -> None:
        self._writer = writer
        self._type = media_type
        self._add = add
        self._size = 0

    async def write(self, data: bytes) -> None:
        """Add a piece. Raises `StorageFailed`."""
        await self._writer.write(data)
        self._size += len(data)

    async def finish(self, duration: float, head: bytes) -> Recording | None:
        """Keep it; None when nothing was written. Raises `StorageFailed`."""
        if not self._size:
            await self._writer.discard()
            return None
        recording_id = await self._writer.finish(head)
        return Recording(self._add(recording_id, self._type, self._size), self._type, self._size, duration)

    async def discard(self) -> None:
        """Nothing of it is kept."""
        await self._writer.discard()

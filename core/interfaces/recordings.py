"""RecordingStore: where the sound goes that callers leave, until their call is over or longer."""

from abc import ABC, abstractmethod

from mirabelle.core.interfaces.component import Component, StorageFailed


class StoreFull(StorageFailed):
    """The store has no room for this; the message says which limit was reached."""


class NoSuchRecording(StorageFailed):
    """There is no recording of that id, or not any more."""


class RecordingWriter(ABC):
    """One recording under way. Exactly one of `finish` and `discard` is called last."""

    @abstractmethod
    async def write(self, data: bytes) -> None:
        """Add a piece. Raises `StoreFull` and `StorageFailed`; then `discard` is all that can be done."""

    @abstractmethod
    async def finish(self, head: bytes = b"") -> str:
        """Keep it, with `head` in the place of as many bytes at its beginning; returns its id once it is durable.

        Before that nobody sees it, also after a crash. Raises `StorageFailed`, and then has discarded it.
        """

    @abstractmethod
    async def discard(self) -> None:
        """Nothing of it is kept. Does not raise."""


class RecordingStore(Component):
    """Keeps recordings. Ids are unguessable, and hold letters, digits, `-` and `_` only.

    Several processes may use one store at the same time, each for the calls that it has.
    """

    @abstractmethod
    async def begin(self, call_id: int, media_type: str) -> RecordingWriter:
        """Begin a recording of a call. Raises `StoreFull` and `StorageFailed`."""

    @abstractmethod
    async def read(self, recording_id: str) -> bytes:
        """A finished recording. Raises `NoSuchRecording` and `StorageFailed`."""

    @abstractmethod
    async def forget(self, call_id: int) -> None:
        """The call is over: its recordings are removed, now or when the store's own retention says. Does not raise."""

"""What is kept to be shared or used again, within bounds."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """A store of so many entries of so much `size` in all, the least recently used leaving first. Any thread may ask.

    Whoever keeps something says how large it is. What is larger than all that may be kept is not.
    """

    def __init__(self, entries: int, size: int) -> None:
        self._entries = entries
        self._room = size
        self._known: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._known)

    def find(self, key: K) -> V | None:
        """What is kept of that key."""
        with self._lock:
            found = self._known.get(key)
            if found is None:
                return None
            self._known.move_to_end(key)
            return found[0]

    def keep(self, key: K, value: V, size: int) -> None:
        """Keep this, in the place of what was kept of that key."""
        with self._lock:
            self._forget(key)
            self._known[key] = value, size
            self._room -= size
            while self._known and (len(self._known) > self._entries or self._room < 0):
                self._forget(next(iter(self._known)))

    def _forget(self, key: K) -> None:
        _, size = self._known.pop(key, (None, 0))
        self._room += size

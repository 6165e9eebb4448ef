"""The answers that are kept, in memory: bounded, and apart for each account."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from mirabelle.core.fetching.freshness import Stored

# Answers to one URL for different request headers.
MOST_VARIANTS: Final = 4
_OVERHEAD: Final = 1_000


@dataclass(slots=True)
class _Shelf:
    """What one account keeps, by URL, the least recently used first; of one URL the newest first."""

    kept: OrderedDict[str, tuple[Stored, ...]] = field(default_factory=OrderedDict)
    size: int = 0


class Store:
    """Keeps at most `entries` URLs and about `size` bytes.

    When it is full, the account that keeps most gives up what it has not used for longest: nobody can crowd out the
    others. `entries` are the URLs that are kept, `size` about the bytes.
    """

    def __init__(self, entries: int, size: int) -> None:
        self._most_entries = entries
        self._most_size = size
        self.entries = 0
        self.size = 0
        self._shelves: dict[str, _Shelf] = {}

    def find(self, account: str, url: str) -> tuple[Stored, ...]:
        """What is kept for a URL, the newest first."""
        shelf = self._shelves.get(account)
        if shelf is None or url not in shelf.kept:
            return ()
        shelf.kept.move_to_end(url)
        return shelf.kept[url]

    def keep(self, account: str, url: str, kept: Stored) -> None:
        """Keep an answer, in place of the one to the same request. One that takes all the room is not kept."""
        others = [old for old in self.find(account, url) if old.selecting != kept.selecting]
        self.forget(account, url)
        if _size_of(url, kept) > self._most_size:
            return
        variants = (kept, *others[: MOST_VARIANTS - 1])
        shelf = self._shelves.setdefault(account, _Shelf())
        shelf.kept[url] = variants
        self._count(shelf, 1, _size(url, variants))
        self._make_room()

    def forget(self, account: str, url: str) -> None:
        """Keep nothing for a URL any more."""
        shelf = self._shelves.get(account)
        if shelf is None or url not in shelf.kept:
            return
        self._count(shelf, -1, -_size(url, shelf.kept.pop(url)))
        if not shelf.kept:
            del self._shelves[account]

    def _count(self, shelf: _Shelf, entries: int, size: int) -> None:
        shelf.size += size
        self.size += size
        self.entries += entries

    def _make_room(self) -> None:
        while self.size > self._most_size:
            self._drop(max(self._shelves, key=lambda account: self._shelves[account].size))
        while self.entries > self._most_entries:
            self._drop(max(self._shelves, key=lambda account: len(self._shelves[account].kept)))

    def _drop(self, account: str) -> None:
        self.forget(account, next(iter(self._shelves[account].kept)))


def _size(url: str, variants: Iterable[Stored]) -> int:
    return sum(_size_of(url, kept) for kept in variants)


def _size_of(url: str, kept: Stored) -> int:
    texts = (url, *kept.selecting.values(), *kept.answer.headers, *kept.answer.headers.values())
    return _OVERHEAD + len(kept.answer.body) + sum(map(len, texts))

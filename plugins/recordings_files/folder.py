"""The folder of one process, and what dead processes have left. Blocking: used on threads.

Each process has a folder of its own below the store's, and holds a lock on the file beside it for as long as it lives.
Whoever gets the lock of another knows that its owner is dead.
"""

import fcntl
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PART = ".part"
LOCK = ".lock"


class ProcessFolder:
    """The folder of this process, from `take` to `release`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = -1
        self.name = ""

    @property
    def path(self) -> Path:
        """Where this process keeps its files."""
        return self._root / self.name

    def take(self) -> None:
        """Make it, under a name that nobody else has. Raises `OSError`."""
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        while self._lock < 0:
            self.name = secrets.token_hex(8)
            self._lock = _locked(self._root / f"{self.name}{LOCK}")
        self.path.mkdir(mode=0o700)

    def release(self) -> None:
        """Give the lock back. What is empty is removed."""
        if self._lock < 0:
            return
        for part in self.path.glob(f"*{PART}"):
            part.unlink(missing_ok=True)
        _remove_if_empty(self.path)
        os.close(self._lock)
        self._lock = -1

    def clean(self, oldest: float) -> None:
        """Remove what dead processes have left unfinished, or finished before that UNIX time."""
        for lock in list(self._root.glob(f"*{LOCK}")):
            if lock.stem == self.name:
                continue
            descriptor = _locked(lock)
            if descriptor >= 0:
                try:
                    _clean(lock.with_suffix(""), oldest)
                    _remove_if_empty(lock.with_suffix(""))
                finally:
                    os.close(descriptor)

    def size(self) -> int:
        """The bytes of all that is kept, by whatever process."""
        return sum(_size(path) for path in self._root.glob("*/*"))


def expire(paths: Iterable[Path], oldest: float) -> None:
    """Remove those of the finished files that are older than that."""
    for path in paths:
        # Another process may have been faster.
        with suppress(FileNotFoundError):
            if path.suffix != PART and path.stat().st_mtime <= oldest:
                path.unlink()


def synchronised(path: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clean(folder: Path, oldest: float) -> None:
    for part in folder.glob(f"*{PART}"):
        part.unlink(missing_ok=True)
    expire(folder.glob("*"), oldest)


def _remove_if_empty(folder: Path) -> None:
    """The folder, and the lock beside it, which the caller holds."""
    with suppress(OSError):
        folder.rmdir()
    if not folder.exists():
        folder.with_suffix(LOCK).unlink(missing_ok=True)


def _locked(path: Path) -> int:
    """An open lock file that is ours; -1: somebody else has it, or it was removed meanwhile."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_ino == path.stat().st_ino:
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(descriptor)
    return -1


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0

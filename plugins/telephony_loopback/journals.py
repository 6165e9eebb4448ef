"""What the loopback writes down: every dial before it rings, and what became of each leg. JSON lines."""

import asyncio
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

Done = Callable[[OSError | None], None]


class Journals:
    """`dials.jsonl` has one line a dial, on the disk before the leg rings; `legs.jsonl` tells digits sent and ends.

    Dials of one turn of the event loop share one flush to the disk, which blocks the loop: a thread would let virtual
    time run on. Lines of `legs.jsonl` outlive the process, but are not waited for.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._dials = _opened(folder / "dials.jsonl")
        self._legs = _opened(folder / "legs.jsonl")
        self._waiting: list[tuple[bytes, Done]] = []

    def dialled(self, entry: Mapping[str, object], done: Done) -> None:
        """Write a dial; `done` is called from the event loop once it is on the disk, or with what went wrong."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self.flush)
        self._waiting.append((_line({"event": "dialled", **entry}), done))

    def told(self, event: str, entry: Mapping[str, object]) -> None:
        """Write something that happened on a leg. Raises `OSError`."""
        self._legs.write(_line({"event": event, **entry}))

    def flush(self) -> None:
        """Put the dials that wait on the disk."""
        waiting, self._waiting = self._waiting, []
        if not waiting or self._dials.closed:
            return
        failure = None
        try:
            self._dials.write(b"".join(line for line, _ in waiting))
            os.fsync(self._dials.fileno())
        except OSError as error:
            failure = error
        for _, done in waiting:
            done(failure)

    def close(self) -> None:
        """Nothing is written any more."""
        self.flush()
        self._dials.close()
        self._legs.close()


def _opened(path: Path) -> BinaryIO:
    file = path.open("ab", buffering=0)
    # A crash may have cut the last line off: what is written next must not become a part of it.
    if file.tell() and _last_byte(path) != b"\n":
        file.write(b"\n")
    return file


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)


def _line(entry: Mapping[str, object]) -> bytes:
    return json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace") + b"\n"

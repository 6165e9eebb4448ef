"""One worker process as the platform sees it: frames out, replies in, and waiting for them without stopping others.

Nothing here blocks for longer than it is told to. Threads may share a connection.
"""

import select
import socket
import subprocess
import threading
from time import monotonic
from typing import Final

from mirabelle.contrib.ecmascript_quickjs.worker.wire import Incoming, Kind, TooLarge, packed

RECEIVED: Final = 262_144
LARGEST_BACKLOG: Final = 33_554_432
"""Bytes that may wait for a worker that does not read."""
START: Final = 30.0
"""Seconds that the start of a process may take on a busy machine."""
FAREWELL: Final = 1.0
"""Seconds in which a worker may end by itself."""


class Lost(Exception):
    """The worker has ended, and with it all its sessions. The message says why."""


class Connection:
    """A running worker.

    `lost`: why there is none any more, or None. `sessions`: how many live in it. `retires_at`: when it is ended
    whoever lives in it, or None. `ready_at`: when it was first heard of, or None. Both by `monotonic`.
    """

    def __init__(self, process: subprocess.Popen[bytes], connected: socket.socket) -> None:
        self.lost: str | None = None
        self.sessions = 0
        self.retires_at: float | None = None
        self.ready_at: float | None = None
        self._process, self._socket = process, connected
        self._outgoing = bytearray()
        self._incoming = Incoming()
        self._replies: dict[int, bytes | None] = {}
        self._last = 0
        self._poll = select.poll()
        self._poll.register(connected, select.POLLIN)
        self._state = threading.RLock()

    @property
    def process_id(self) -> int:
        """The process's, for operators and tests."""
        return self._process.pid

    def put(self, kind: Kind, session: int, content: bytes = b"", request: int = 0) -> None:
        """Send what is not answered before what is sent next. What a lost worker is sent is lost."""
        with self._state:
            if self.lost is None:
                self._outgoing += packed(kind, session, request, content)

    def send(self, kind: Kind, session: int, content: bytes = b"", request: int = 0) -> None:
        """Send what is not answered."""
        with self._state:
            self.put(kind, session, content, request)
            if self.lost is None:
                self._flush()

    def ask(self, kind: Kind, session: int, content: bytes) -> int:
        """Send what is answered: the number of the request. Raises `Lost`."""
        with self._state:
            self._check()
            self._last += 1
            self._replies[self._last] = None
            self.send(kind, session, content, self._last)
            return self._last

    def reply(self, request: int, seconds: float) -> bytes | None:
        """The reply, once; None when there is none within that time. Raises `Lost`."""
        with self._state:
            ends_at = monotonic() + seconds
            while (found := self._replies[request]) is None:
                self._check()
                left = ends_at - monotonic()
                if left < 0:
                    return None
                self._receive(left)
            del self._replies[request]
            return found

    def forget(self, request: int) -> None:
        """Nobody waits for that reply any more."""
        with self._state:
            self._replies.pop(request, None)

    def end(self, reason: str) -> None:
        """End the process, whatever it is doing."""
        with self._state:
            if self.lost is None:
                self.lost = reason
                self._socket.close()
            self._process.kill()
            self._process.wait()

    def leave(self) -> None:
        """Close our side, upon which the process ends by itself."""
        with self._state:
            if self.lost is None:
                self.lost = "it was closed"
                self._socket.close()

    def is_gone(self, seconds: float = 0.0) -> bool:
        """Whether the process of a lost worker has ended, within that time. It leaves nothing behind then."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def late(self, since: float, seconds: float) -> bool:
        """Whether what was sent at that instant should have been answered by now."""
        return monotonic() > (since + START if self.ready_at is None else max(since, self.ready_at) + seconds)

    def _check(self) -> None:
        if self.lost is not None:
            raise Lost(self.lost)

    def _receive(self, seconds: float) -> None:
        self._poll.modify(self._socket, select.POLLIN | (select.POLLOUT if self._outgoing else 0))
        for _, happened in self._poll.poll(max(seconds, 0.0) * 1000):
            if happened & select.POLLOUT:
                self._flush()
            if happened & ~select.POLLOUT and self.lost is None:
                self._read()

    def _read(self) -> None:
        try:
            data = self._socket.recv(RECEIVED)
        except BlockingIOError:
            return
        except OSError as error:
            self._has_ended(str(error))
            return
        if not data:
            self._has_ended("")
            return
        self.ready_at = self.ready_at or monotonic()
        self._incoming.feed(data)
        try:
            for frame in self._incoming.frames():
                if frame.request in self._replies:
                    self._replies[frame.request] = frame.content
        except (TooLarge, ValueError) as error:
            self.end(f"it sent what cannot be understood: {error}")

    def _flush(self) -> None:
        try:
            while self._outgoing:
                sent = self._socket.send(self._outgoing)
                del self._outgoing[:sent]
        except BlockingIOError:
            if len(self._outgoing) > LARGEST_BACKLOG:
                self.end("it did not take what it was sent")
        except OSError as error:
            self._has_ended(str(error))

    def _has_ended(self, reason: str) -> None:
        self.lost = reason or "it ended"
        self._socket.close()
        self._process.kill()
        status = self._process.wait()
        self.lost = f"it ended with signal {-status}" if status < 0 else f"it ended with status {status}"

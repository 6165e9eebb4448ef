"""The worker processes of an engine: started when they are needed, replaced when they end."""

import weakref
from collections import deque
from time import monotonic

from mirabelle.contrib.ecmascript_quickjs import starting
from mirabelle.contrib.ecmascript_quickjs.connection import FAREWELL, Connection
from mirabelle.contrib.ecmascript_quickjs.limits import Options
from mirabelle.contrib.ecmascript_quickjs.worker.wire import Kind


class Workers:
    """Several engines may share them. Raises `starting.Unavailable` where there can be none.

    They end with this object, with `close`, and with the process. `waiting`: pieces of work that are not done.
    """

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self.waiting = 0
        self._library = starting.library()
        self._connections: list[Connection] = []
        self._left: deque[tuple[Connection, int]] = deque()
        self._sessions = 0
        self._finalizer = weakref.finalize(self, _end, self._connections)

    @property
    def connections(self) -> tuple[Connection, ...]:
        """The workers that run."""
        return tuple(connection for connection in self._connections if connection.lost is None)

    def enter(self, session: object, opening: bytes) -> tuple[Connection, int]:
        """A worker and a number for a session, which leaves it when it is forgotten."""
        self.tidy()
        connection = self.least_busy()
        connection.sessions += 1
        self._sessions += 1
        connection.put(Kind.OPEN, self._sessions, opening)
        # Only noted when it happens: that may be in the middle of anything.
        weakref.finalize(session, self._left.append, (connection, self._sessions)).atexit = False
        return connection, self._sessions

    def least_busy(self) -> Connection:
        """The worker with the fewest sessions, or a new one while there may be more and all have some."""
        there = [each for each in self.connections if each.retires_at is None]
        if len(there) < self.options.workers and all(each.sessions for each in there):
            there.append(self._start())
        return min(there, key=lambda each: each.sessions)

    def retire(self, connection: Connection) -> None:
        """No new sessions for this worker, and an end when those in it had their time."""
        if connection.retires_at is None:
            connection.retires_at = monotonic() + self.options.retirement

    def tidy(self) -> None:
        """Take leave of sessions that are forgotten, and of workers that have ended or retired."""
        while self._left:
            connection, session = self._left.popleft()
            connection.sessions -= 1
            connection.put(Kind.CLOSE, session)
        for connection in list(self._connections):
            retires_at = connection.retires_at
            if retires_at is not None and (connection.sessions <= 0 or monotonic() > retires_at):
                connection.end("it was ended: a script could not be stopped in it")
            if connection.lost is not None and connection.is_gone():
                self._connections.remove(connection)

    def close(self) -> None:
        """End them all; sessions that are still there are lost."""
        self._finalizer()

    def _start(self) -> Connection:
        connection = Connection(*starting.start(self._library, self.options.address_space))
        self._connections.append(connection)
        return connection


def _end(connections: list[Connection]) -> None:
    for connection in connections:
        connection.leave()
    for connection in connections:
        if not connection.is_gone(FAREWELL):
            connection.end("it was closed")
    connections.clear()

"""The threads of a worker. One leads: it reads the socket and does what comes, at once and itself.

When that takes longer than a moment, another thread leads on and this one goes on with what it has, at a low priority:
a script that runs long, be it in a loop or in a built-in function that nothing interrupts, keeps neither other sessions
nor writes to its own waiting. What comes for a session that is busy waits for the thread that is at it.
"""

import contextlib
import os
import socket
import sys
import threading
from collections import deque
from collections.abc import Callable
from time import monotonic, sleep
from typing import Final

from mirabelle.contrib.ecmascript_quickjs.worker.wire import Frame, Incoming, TooLarge

MOMENT: Final = 0.002
"""Seconds after which what is being done is left to its thread, and another leads."""
LOW: Final = 10
"""The niceness of what takes long."""
MOST: Final = 200
"""Threads; with that many scripts that take long, one of them keeps the others waiting."""
RECEIVED: Final = 262_144


class Channel:
    """The socket to the platform: frames in, for the thread that leads, and frames out."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._incoming = Incoming()
        self._frames: deque[Frame] = deque()
        self._sending = threading.Lock()

    def next(self) -> Frame:
        """The next frame. Ends the process when the platform is gone."""
        try:
            while not self._frames:
                data = self._socket.recv(RECEIVED)
                if not data:
                    os._exit(0)
                self._incoming.feed(data)
                self._frames.extend(self._incoming.frames())
        except (OSError, TooLarge):
            os._exit(1)
        return self._frames.popleft()

    def send(self, data: bytes) -> None:
        """Send a frame. Ends the process when the platform is gone."""
        with self._sending:
            try:
                self._socket.sendall(data)
            except OSError:
                os._exit(1)


class Turn:
    """That one thread leads, and since when it is at what it does."""

    __slots__ = ("since", "thread")

    def __init__(self) -> None:
        self.since: float | None = None
        self.thread = threading.get_native_id()


class Crew:
    """Threads that take turns at leading. `take` does what a frame asks for.

    `urge` is called each moment while something takes long, on the thread that watches; whether anything still does.
    """

    def __init__(self, channel: Channel, take: Callable[[Frame], None], urge: Callable[[], bool]) -> None:
        self._channel, self._take, self._urge = channel, take, urge
        self._leading = threading.Lock()
        self._state = threading.Lock()
        self._turn: Turn | None = None
        self._threads = 0
        self._own = threading.local()
        self._work_began = threading.Event()

    def serve(self) -> None:
        """Serve for good, on as many threads as it takes. The process lives as long as this one, which only watches."""
        self._start_thread()
        self._watch()

    def pause(self) -> None:
        """To be called now and then by what takes long."""
        turn: Turn | None = getattr(self._own, "turn", None)
        if turn is not None and turn.since is not None and monotonic() - turn.since > MOMENT:
            self._leave_to_others(turn)

    def _lead_in_turn(self) -> None:
        self._leading.acquire()
        self._own.turn = turn = Turn()
        with self._state:
            self._turn = turn
        while self._turn is turn:
            self._do_next(turn)
        # A priority that was lowered cannot be raised again, so this thread ends.
        with self._state:
            self._threads -= 1

    def _do_next(self, turn: Turn) -> None:
        frame = self._channel.next()
        turn.since = monotonic()
        if not self._work_began.is_set():
            self._work_began.set()
        self._take(frame)
        with self._state:
            turn.since = None

    def _leave_to_others(self, turn: Turn) -> None:
        with self._state:
            if self._turn is not turn or turn.since is None or self._threads >= MOST:
                return
            self._turn = None
        self._leading.release()
        self._start_thread()
        if sys.platform == "linux":
            # It may have done what it had to do just now, and be gone.
            with contextlib.suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, turn.thread, LOW)

    def _start_thread(self) -> None:
        with self._state:
            self._threads += 1
        threading.Thread(target=self._lead_in_turn, daemon=True).start()

    def _watch(self) -> None:
        """Sees what takes long without calling `pause`. Sleeps while there is nothing to do."""
        while True:
            self._work_began.wait()
            self._work_began.clear()
            sleep(MOMENT)
            goes_on, turn = self._urge(), self._turn
            if turn is not None and (since := turn.since) is not None:
                goes_on = True
                if monotonic() - since > MOMENT:
                    self._leave_to_others(turn)
            if goes_on:
                self._work_began.set()

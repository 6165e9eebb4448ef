"""The runtime of one session: writes, questions and work of the host."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, thread_time
from typing import Final

from mirabelle.contrib.ecmascript_quickjs.worker.library import Library
from mirabelle.contrib.ecmascript_quickjs.worker.program import Program
from mirabelle.contrib.ecmascript_quickjs.worker.runtime import Failed, Guard, Runtime, Stopped
from mirabelle.contrib.ecmascript_quickjs.worker.scanner import Refused, Scanner

PARTS: Final = ("intrinsics", "surroundings", "values", "scopes", "copies", "realm")
FUNCTIONS: Final = ("open", "write", "ask", "work", "reply", "changes")
RESERVE: Final = 1_048_576
"""Bytes that the host may use beyond the limit of the session's memory: to write, and to tell that it is reached."""
NO_ROOM: Final = b'["limit","memory"'
UNKNOWN: Final = b",null,0]"
"""In the place of changes that there was no room to tell."""
FULL: Final = (NO_ROOM, b'["error","InternalError","out of memory"')
EVALUATE: Final = b'{"what": "evaluate"'
ASSIGN: Final = b'{"what": "assign"'


@dataclass(frozen=True, slots=True)
class Limits:
    """What the scripts of a session may use up: see the options of the engine."""

    seconds: float
    real_seconds: float
    memory: int
    stack: int
    items: int


def program(library: Library) -> Program:
    """Our part of each session."""
    folder = Path(__file__).parent
    parts = b"\n".join((folder / f"{part}.js").read_bytes() for part in PARTS)
    return Program(library, b"(() => {'use strict';" + parts + b"})()", b"realm")


class Interest:
    """What of a session somebody waits for. Any thread may say and ask, before there is a realm too.

    Each step is one that no other thread can come into the middle of.
    """

    def __init__(self) -> None:
        self._dropped: set[int] = set()
        self._over = False

    def drop(self, request: int) -> None:
        """Nobody waits for this request any more."""
        self._dropped.add(request)

    def end(self) -> None:
        """Nobody waits for anything any more."""
        self._over = True

    def wants(self, request: int) -> bool:
        """Whether somebody waits for it."""
        return not self._over and request not in self._dropped

    def forget(self, request: int) -> None:
        """That request is done, and so are those before it."""
        if self._dropped:
            self._dropped.difference_update([each for each in tuple(self._dropped) if each <= request])


class Realm:
    """The variables and scripts of one session. Only one thread at a time may call its methods, except `urge`."""

    def __init__(self, library: Library, program: Program, guard: Guard, scanner: Scanner) -> None:
        self._scanner = scanner
        self._pause: Callable[[], None] = _go_on
        self._interest = Interest()
        self._running = 0
        self._ends_at: float | None = None
        self._ends_for_good_at = 0.0
        self._lost_writes = False
        self._grace = 0
        self._limits = Limits(0.0, 0.0, 0, 0, 0)
        self._runtime = Runtime(library, program, FUNCTIONS, self._interrupted)
        self._runtime.close_in(guard)

    def open(self, opening: bytes, interest: Interest, pause: Callable[[], None]) -> None:
        """Begin with these limits and seeds.

        `pause` is called now and then while a script runs, on the thread that runs it; what it calls here is not
        measured.
        """
        given = json.loads(opening)
        self._interest, self._pause = interest, pause
        self._limits = limits = Limits(**given["limits"])
        self._runtime.limit(limits.memory + RESERVE, limits.stack)
        self._runtime.call("open", json.dumps({"seeds": given["seeds"], "items": limits.items}).encode())

    def write(self, batch: bytes) -> None:
        """What the host writes; that there was no room for it is told with the next work."""
        if batch:
            try:
                self._runtime.call("write", batch)
            except Failed:
                self._lost_writes = True

    def ask(self, content: bytes) -> bytes:
        """The reply to a question."""
        batch, query = content.split(b"\n", 1)
        self.write(batch)
        try:
            return self._runtime.call("ask", query)
        except Failed:
            return NO_ROOM + UNKNOWN

    def work(self, request: int, content: bytes) -> bytes:
        """The reply to work."""
        batch, query, source = content.split(b"\n", 2)
        self.write(batch)
        try:
            if not self._interest.wants(request):
                return b'["limit","interest"' + self._changes()
            return self._run(request, query, source, self._shape(query, source))
        except Refused as refused:
            return refused.reply + self._changes()
        except Stopped:
            return b'["limit","time"' + self._changes()
        except Failed:
            return NO_ROOM + self._changes()
        finally:
            self._interest.forget(request)

    def _shape(self, query: bytes, source: bytes) -> bytes:
        if self._lost_writes:
            self._lost_writes = False
            raise Failed
        if query.startswith(EVALUATE):
            return self._scanner.shape(source)
        return self._scanner.reference(source) if query.startswith(ASSIGN) else b""

    def _run(self, request: int, query: bytes, source: bytes, shape: bytes) -> bytes:
        self._running = request
        self._ends_at = thread_time() + self._limits.seconds
        self._ends_for_good_at = monotonic() + self._limits.real_seconds
        self._runtime.limit(self._limits.memory + self._grace)
        try:
            reply = self._runtime.call("work", query, source, shape)
            again = self._runtime.run_promises()
        finally:
            self._runtime.limit(self._limits.memory + RESERVE)
            self._running, self._ends_at = 0, None
        reply = self._runtime.call("reply") if again else reply
        if reply.startswith(FULL):
            # So that the document can still handle that event, with less and less room until it lets something go.
            self._grace += (RESERVE // 2 - self._grace) // 2
        return reply

    def _changes(self) -> bytes:
        try:
            return b"," + self._runtime.call("changes")
        except Failed:
            return UNKNOWN

    def urge(self, offset: int) -> None:
        """Have a script that runs look up soon; from any thread."""
        self._runtime.urge(offset)

    def free(self) -> None:
        """The session is over."""
        self._runtime.free()

    def _is_late(self, ends_at: float) -> bool:
        return thread_time() > ends_at or monotonic() > self._ends_for_good_at

    def _interrupted(self) -> bool:
        if self._ends_at is None:
            return False
        if not self._interest.wants(self._running) or self._is_late(self._ends_at):
            return True
        ends_at, self._ends_at = self._ends_at, None
        try:
            self._pause()
        finally:
            self._ends_at = ends_at
        return False


def _go_on() -> None:
    """Before a session has begun there is nobody to let run."""

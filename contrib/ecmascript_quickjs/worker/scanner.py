"""What a source is and declares, found by the parser that will run it and kept for all sessions of the worker."""

import json
import math
import threading
from collections import OrderedDict
from pathlib import Path
from time import thread_time
from typing import Final, cast

from mirabelle.contrib.ecmascript_quickjs.worker.library import Library
from mirabelle.contrib.ecmascript_quickjs.worker.program import Program
from mirabelle.contrib.ecmascript_quickjs.worker.runtime import Failed, Runtime, Stopped

MEMORY: Final = 67_108_864
STACK: Final = 262_144
SECONDS: Final = 2.0
PLAIN: Final = {"expression": False, "names": [], "functions": [], "made": ""}
KEPT: Final = 4_000_000
SOURCE: Final = Path(__file__).with_name("scanning.js")


class Refused(Exception):
    """A source that cannot be parsed. `reply` is the beginning of the reply that says so."""

    def __init__(self, reply: bytes) -> None:
        super().__init__(reply)
        self.reply = reply


class Scanner:
    """Shapes of sources, as `scanning.js` finds them. One thread at a time looks at a source that is not known."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._program = Program(library, b"(()=>{'use strict';" + SOURCE.read_bytes() + b"})()", b"scanning")
        self._shapes: OrderedDict[tuple[str, bytes], bytes] = OrderedDict()
        self._kept = 0
        self._lock = threading.Lock()
        self._runtime: Runtime | None = None
        self._ends_at = math.inf

    def shape(self, source: bytes) -> bytes:
        """The shape of an expression or a program, as JSON. Raises `Refused`."""
        return self._looked_at("program", source)

    def reference(self, source: bytes) -> bytes:
        """The shape of what can be assigned to, as JSON. Raises `Refused`."""
        return self._looked_at("reference", source)

    def _looked_at(self, what: str, source: bytes) -> bytes:
        with self._lock:
            key = (what, source)
            if key in self._shapes:
                self._shapes.move_to_end(key)
                return self._shapes[key]
            shape = self._scan(what, source)
            self._keep(key, shape)
            return shape

    def _scan(self, what: str, source: bytes) -> bytes:
        try:
            reply = self._scanning().call("scan", what.encode(), source)
        except (Stopped, Failed):
            self._start_again()
            raise Refused(b'["limit","size of a source"') from None
        answer = cast("list[object]", json.loads(reply))
        if answer[0] == "ok":
            # What most sources are needs no words.
            return b"" if answer[1] == PLAIN else json.dumps(answer[1]).encode()
        # Deep nesting is what the parser calls by this name.
        limit = answer[1] in ("InternalError", "RangeError")
        raise Refused(b'["limit","depth of a source"' if limit else json.dumps(answer).encode()[:-1])

    def _scanning(self) -> Runtime:
        if self._runtime is None:
            self._runtime = Runtime(self._library, self._program, ("scan",), lambda: thread_time() > self._ends_at)
            self._runtime.limit(MEMORY, STACK)
        self._ends_at = thread_time() + SECONDS
        return self._runtime

    def _start_again(self) -> None:
        if self._runtime is not None:
            self._runtime.free()
            self._runtime = None

    def _keep(self, key: tuple[str, bytes], shape: bytes) -> None:
        self._shapes[key] = shape
        self._kept += len(key[1]) + len(shape)
        while self._kept > KEPT:
            (_, source), oldest = self._shapes.popitem(last=False)
            self._kept -= len(source) + len(oldest)

"""The engine: fulfils `ScriptEngine`."""

import random
import time
from collections.abc import Callable

from mirabelle.contrib.ecmascript_quickjs import limits
from mirabelle.contrib.ecmascript_quickjs.border import whole_text
from mirabelle.contrib.ecmascript_quickjs.connection import Lost
from mirabelle.contrib.ecmascript_quickjs.exchange import read_answer
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.contrib.ecmascript_quickjs.session import QuickjsSession
from mirabelle.contrib.ecmascript_quickjs.worker.wire import Kind
from mirabelle.vxml_interpreter.script import ScriptError, ScriptLimit


class QuickjsEngine:
    """Makes sessions on quickjs-ng, which runs in worker processes.

    `now` gives UNIX seconds for Date; it stands still while something is evaluated. `chance` seeds Math.random. Engines
    that are given the same `workers` share them; the options are the workers' then. Raises `starting.Unavailable` where
    quickjs-ng is not installed.
    """

    name = "quickjs"
    Options = limits.Options

    def __init__(
        self,
        options: limits.Options | None = None,
        now: Callable[[], float] = time.time,
        chance: random.Random | None = None,
        workers: Workers | None = None,
    ) -> None:
        self.workers = workers or Workers(options)
        self._now = now
        self._chance = chance or random.Random()  # noqa: S311 - for scripts, not for secrets

    def session(self) -> QuickjsSession:
        """A new session."""
        return QuickjsSession(self.workers, self._now, [self._chance.getrandbits(32) for _ in range(4)])

    def check(self, source: str) -> None:
        """Parse without running. Raises `ScriptError` named SyntaxError, or `ScriptLimit`."""
        options = self.workers.options
        if len(source) > options.source:
            raise ScriptLimit("characters in a source")
        self.workers.tidy()
        connection = self.workers.least_busy()
        began = time.monotonic()
        try:
            request = connection.ask(Kind.CHECK, 0, whole_text(source).encode())
            while (reply := connection.reply(request, options.patience)) is None:
                if connection.late(began, options.patience):
                    connection.end("it did not answer")
        except Lost as lost:
            raise ScriptError("InternalError", f"the script worker is lost: {lost}") from None
        read_answer(reply).raise_error()

    def close(self) -> None:
        """End the workers; they end by themselves when nobody holds this engine and its sessions any more."""
        self.workers.close()

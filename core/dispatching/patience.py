"""Asking the storage again until it answers."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.queue import LeaseLost, NotFound
from mirabelle.core.lifecycle import IllegalMove
from mirabelle.core.observing import Emit, problem
from mirabelle.core.types import Event, EventKind

T = TypeVar("T")

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0

# Answers, and mistakes of ours: asking again would not change them.
DECIDED = (LeaseLost, NotFound, IllegalMove, ValueError, TypeError)


class GaveUp(Exception):
    """The storage did not answer before patience ended."""


class Patience:
    """Repeats what the storage could not do, at growing intervals.

    That something fails is told once, and once that it works again.
    """

    def __init__(self, clock: Clock, emit: Emit) -> None:
        self._clock = clock
        self._emit = emit
        self._failing: set[str] = set()
        self._ends_at: float | None = None

    def end(self, seconds: float) -> None:
        """From that many seconds on, what fails is given up."""
        self._ends_at = self._clock.monotonic() + seconds

    async def ask(self, what: str, action: Callable[[], Awaitable[T]]) -> T:
        """What `action` returns, or raises of `DECIDED`. Raises `GaveUp` after `end`."""
        pause = FIRST_PAUSE
        while True:
            try:
                answer = await action()
            except DECIDED:
                self.succeeded(what)
                raise
            except Exception as error:  # noqa: BLE001 - a plugin's driver may let anything through
                self.failed(what, error)
                await self._pause(what, pause, error)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                self.succeeded(what)
                return answer

    def failed(self, what: str, error: Exception) -> None:
        """Tell of a failure, unless it is known."""
        if what not in self._failing:
            self._failing.add(what)
            self._emit(problem(self._clock.now(), f"the queue storage fails: {what}", error))

    def succeeded(self, what: str) -> None:
        """Tell of the end of a failure."""
        if what in self._failing:
            self._failing.remove(what)
            data = {"recovered": f"the queue storage works again: {what}"}
            self._emit(Event(EventKind.PLATFORM, self._clock.now(), data=data))

    async def _pause(self, what: str, seconds: float, error: Exception) -> None:
        if self._ends_at is not None:
            seconds = min(seconds, self._ends_at - self._clock.monotonic())
            if seconds <= 0:
                raise GaveUp(f"{what}: {error}") from error
        await self._clock.sleep(seconds)

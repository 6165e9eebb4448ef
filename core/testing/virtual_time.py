"""Virtual time: an event loop on which waiting costs nothing.

`run(main)` gives `main` a `VirtualClock`. Whenever every task waits, the clock jumps to the next instant at which one
of its sleepers wakes. Real I/O (a server on the same loop, a fetch) is waited for in real time inside
`clock.held()`, during which virtual time stands still.
"""

import asyncio
import heapq
import selectors
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")

# A Monday, so that weekday rules have something to bite on: 2026-06-01 12:00:00 UTC.
START = 1780315200.0


class Stalled(RuntimeError):
    """Every task waits and no sleeper will ever wake one: the test, or what it tests, is stuck."""


class VirtualClock:
    """A clock that moves only when it is told to, or when the virtual loop has nothing else to do."""

    def __init__(self, start: float = START) -> None:
        self._passed = 0.0  # not UNIX seconds: those are so large that a double loses the microseconds
        self._start = start
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()
        self._holds = 0

    def now(self) -> float:
        """UNIX seconds."""
        return self._start + self._passed

    def monotonic(self) -> float:
        """Seconds since the clock was made."""
        return self._passed

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock has come that far."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        waiter = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._passed + seconds, next(self._order), waiter))
        await waiter

    @contextmanager
    def held(self) -> Iterator[None]:
        """Virtual time stands still in here, and the loop waits for real."""
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1

    def stop(self) -> None:
        """Virtual time is over: from here on the loop waits for real."""
        self._holds += 1

    @property
    def holding(self) -> bool:
        """Whether somebody holds the clock."""
        return self._holds > 0

    def advance(self, seconds: float) -> None:
        """Go on by that much, waking on the way whoever sleeps; for tests on an ordinary loop."""
        until = self._passed + seconds
        while self._sleepers and self._sleepers[0][0] <= until:
            self.jump()
        self._passed = max(self._passed, until)

    def jump(self) -> bool:
        """Go to the next instant at which somebody wakes, and wake all of that instant. False: nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        if not self._sleepers:
            return False
        self._passed = self._sleepers[0][0]
        while self._sleepers and self._sleepers[0][0] <= self._passed:
            waiter = heapq.heappop(self._sleepers)[2]
            if not waiter.done():
                waiter.set_result(None)
        return True


class _VirtualSelector(selectors.DefaultSelector):
    """Instead of blocking the loop, lets the clock jump."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if self._clock.holding:
            return super().select(timeout)
        if self._clock.jump():
            return []
        if timeout is None:
            raise Stalled("every task waits and nobody sleeps")
        return super().select(timeout)


def run(main: Callable[[VirtualClock], Coroutine[Any, Any, T]], start: float = START) -> T:
    """Run `main(clock)` to its end in virtual time. Raises `Stalled` when it can never end."""
    clock = VirtualClock(start)

    async def whole() -> T:
        try:
            return await main(clock)
        finally:
            # What asyncio closes after the last task (its threads) takes real time.
            clock.stop()

    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(_VirtualSelector(clock))) as runner:
        return runner.run(whole())

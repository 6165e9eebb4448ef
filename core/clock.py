"""The clocks that the platform lends: real time, and real time sped up."""

import asyncio
import time


class SystemClock:
    """The machine's own time."""

    def now(self) -> float:
        """UNIX seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds since some fixed instant."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait that long."""
        await asyncio.sleep(seconds)


class ScaledClock:
    """Time that runs `scale` times as fast as the machine's, from the moment of making on.

    `starts_at`: the UNIX seconds that it shows at that moment; None: the machine's own.
    """

    def __init__(self, scale: float, starts_at: float | None = None) -> None:
        self.scale = scale
        self._unix = time.time() if starts_at is None else starts_at
        self._start = time.monotonic()

    def now(self) -> float:
        """UNIX seconds, more and more ahead of the world."""
        return self._unix + self._passed()

    def monotonic(self) -> float:
        """Seconds since some fixed instant, in scaled time."""
        return self._start + self._passed()

    async def sleep(self, seconds: float) -> None:
        """Wait that long in scaled time."""
        await asyncio.sleep(seconds / self.scale)

    def _passed(self) -> float:
        return (time.monotonic() - self._start) * self.scale

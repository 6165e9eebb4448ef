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
    """The machine's time, running `scale` times as fast from the moment of making."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self._unix = time.time()
        self._start = time.monotonic()

    def now(self) -> float:
        """UNIX seconds: right at the moment of making, ahead of the world afterwards."""
        return self._unix + self._passed()

    def monotonic(self) -> float:
        """Seconds since some fixed instant, in scaled time."""
        return self._start + self._passed()

    async def sleep(self, seconds: float) -> None:
        """Wait that long in scaled time."""
        await asyncio.sleep(seconds / self.scale)

    def _passed(self) -> float:
        return (time.monotonic() - self._start) * self.scale

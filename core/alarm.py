"""What a loop that has nothing to do waits for: an instant on its clock, or somebody who rings."""

import asyncio

from mirabelle.core.interfaces.component import Clock


class Alarm:
    """Wakes one waiting loop. A ring that nobody waits for is kept for the next wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """End the wait that is under way, or the next one."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Wait that long on the clock, or until it rings."""
        if not self._rung.is_set():
            timer = asyncio.ensure_future(self._clock.sleep(seconds))
            timer.add_done_callback(self._ring_at_last)
            try:
                await self._rung.wait()
            finally:
                timer.remove_done_callback(self._ring_at_last)
                timer.cancel()
        self._rung.clear()

    def _ring_at_last(self, timer: asyncio.Future[None]) -> None:
        self._rung.set()

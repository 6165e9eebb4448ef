"""What happens on one leg, in order: its events, and the notices that are meant for its dialogue."""

import asyncio
from collections import deque
from collections.abc import Callable

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.telephony import HungUp, LegEvent
from mirabelle.vxml_interpreter.answers import Notice

Ear = Callable[[LegEvent], None]


class Line:
    """A queue with one reader. `report` is what `TelephonyBackend.dial` is given.

    Ears hear each event of the leg before the reader does, at the moment at which it is reported; what an ear notifies
    comes before the event that it heard. An ear must not raise. `ended` is the leg's last event, once it is reported.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: deque[LegEvent | Notice] = deque()
        self._ears: list[Ear] = []
        self._arrived: asyncio.Future[None] | None = None
        self.ended: HungUp | None = None

    def report(self, event: LegEvent) -> None:
        """Take an event of the leg."""
        for ear in tuple(self._ears):
            ear(event)
        if isinstance(event, HungUp):
            self.ended = event
        self._add(event)

    def notify(self, notice: Notice) -> None:
        """Take a notice for the dialogue."""
        self._add(notice)

    def attend(self, ear: Ear) -> Callable[[], None]:
        """Let an ear hear what is reported from now on. Call what is returned to stop that; once is enough."""
        self._ears.append(ear)

        def leave() -> None:
            if ear in self._ears:
                self._ears.remove(ear)

        return leave

    async def next(self, until: float | None = None) -> LegEvent | Notice | None:
        """The next thing that happened; None: `until` (monotonic seconds of the lent clock) came first.

        What happens at `until` itself still comes before None. May be cancelled without loss.
        """
        if not self._waiting:
            await self._arrival(until)
        return self.take()

    def take(self) -> LegEvent | Notice | None:
        """What has happened already and was not read yet; None: nothing."""
        return self._waiting.popleft() if self._waiting else None

    def _add(self, item: LegEvent | Notice) -> None:
        self._waiting.append(item)
        if self._arrived is not None and not self._arrived.done():
            self._arrived.set_result(None)

    async def _arrival(self, until: float | None) -> None:
        self._arrived = arrived = asyncio.get_running_loop().create_future()
        if until is None:
            await arrived
            return
        alarm = asyncio.ensure_future(self._clock.sleep(until - self._clock.monotonic()))
        try:
            await asyncio.wait({arrived, alarm}, return_when=asyncio.FIRST_COMPLETED)
            # Others whose instant this is may wake after us.
            await asyncio.sleep(0)
        finally:
            alarm.cancel()

"""Things that happen at instants of the lent clock, in order."""

import asyncio
import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from mirabelle.core.interfaces.component import Clock

# Instants are sums of floats: closer than this is the same instant.
SAME_INSTANT = 1e-6


@dataclass(order=True, slots=True)
class Appointment:
    """Something that will happen at an instant, unless it is cancelled."""

    at: float
    order: int
    act: Callable[[], None] | None = field(compare=False)


class Timetable:
    """Calls functions at instants (monotonic seconds of the clock), those of one instant in the order of adding.

    A busy event loop may call them late, and a sped-up clock makes that a lot; but always in order, and `now` is then
    the instant for which they were meant. Needs a running event loop. Waits in one task, and only for what will happen.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._appointments: list[Appointment] = []
        self._order = count()
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self._happening: float | None = None

    @property
    def now(self) -> float:
        """The instant of what is happening; otherwise the clock's."""
        return self._clock.monotonic() if self._happening is None else self._happening

    def at(self, instant: float, act: Callable[[], None]) -> Appointment:
        """Call `act` at that instant, or as soon as possible when it has passed. After `close`: never."""
        appointment = Appointment(instant, next(self._order), act)
        if not self._closed:
            heapq.heappush(self._appointments, appointment)
            if self._appointments[0] is appointment:
                self._wait_anew()
        return appointment

    def after(self, seconds: float, act: Callable[[], None]) -> Appointment:
        """Call `act` that many seconds from now."""
        return self.at(self.now + seconds, act)

    def cancel(self, appointment: Appointment) -> None:
        """It does not happen. Does nothing when it has happened."""
        appointment.act = None
        if self._drop_cancelled():
            self._wait_anew()

    def close(self) -> None:
        """Nothing happens any more."""
        self._closed = True
        self._appointments.clear()
        self._wait_anew()

    def _drop_cancelled(self) -> bool:
        dropped = False
        while self._appointments and self._appointments[0].act is None:
            heapq.heappop(self._appointments)
            dropped = True
        return dropped

    def _wait_anew(self) -> None:
        if self._task is not None:
            if self._task is asyncio.current_task():
                return  # called by something that just happens: the loop below looks again by itself
            self._task.cancel()
            self._task = None
        if self._appointments:
            self._task = asyncio.get_running_loop().create_task(self._keep())

    async def _keep(self) -> None:
        try:
            while self._appointments:
                await self._clock.sleep(max(0.0, self._appointments[0].at - self._clock.monotonic()))
                self._let_happen(self._clock.monotonic() + SAME_INSTANT)
        finally:
            if self._task is asyncio.current_task():
                self._task = None

    def _let_happen(self, until: float) -> None:
        try:
            while self._appointments and self._appointments[0].at <= until:
                appointment = heapq.heappop(self._appointments)
                self._happening = max(appointment.at, self._happening or appointment.at)
                if appointment.act is not None:
                    appointment.act()
        finally:
            self._happening = None
        self._drop_cancelled()

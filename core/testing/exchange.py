"""A telephone exchange for tests of dispatching: callees by script, in virtual time, and a record of every dial."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from mirabelle.core.dispatching.running import Answered
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.outcome import AttemptEnd
from mirabelle.core.types import Account, CalleeType, Claim


@dataclass(frozen=True, slots=True)
class Callee:
    """What becomes of one attempt. `talks` None: nobody answers. `deaf`: a first hang-up does not end it."""

    callee_type: CalleeType = CalleeType.VOICE
    rings: float = 2.0
    talks: float | None = 10.0
    raises: Exception | None = None
    deaf: bool = False


BUSY = Callee(CalleeType.BUSY, 1.0, None)
VOICE = Callee()


@dataclass(slots=True)
class Dial:
    """One attempt as the exchange saw it. `ended_at` None: its leg lives."""

    call_id: int
    attempt: int
    at: float
    ended_at: float | None = None
    hung_up: bool = False


class Exchange:
    """Its `attempt` is what a dispatcher is given. `doubles`: dials of a call while another of its legs lived."""

    def __init__(self, clock: Clock, script: Callable[[Claim], Callee] = lambda claim: VOICE) -> None:
        self._clock = clock
        self._script = script
        self._live: Counter[int] = Counter()
        self.dials: list[Dial] = []
        self.doubles: list[Dial] = []
        self.most_at_once = 0

    def dials_of(self, call_id: int) -> list[Dial]:
        """The attempts of one call, in the order in which they were dialled."""
        return [dial for dial in self.dials if dial.call_id == call_id]

    async def attempt(self, claim: Claim, account: Account, answered: Answered) -> AttemptEnd:
        """Play the callee of this call; a hang-up ends it in order."""
        dial = self._dialled(claim)
        callee = self._script(claim)
        try:
            return await self._play(callee, answered)
        except asyncio.CancelledError:
            dial.hung_up = True
            raise
        finally:
            dial.ended_at = self._clock.now()
            self._live[dial.call_id] -= 1

    async def _play(self, callee: Callee, answered: Answered) -> AttemptEnd:
        await self._pass(callee.rings, callee.deaf)
        answered_at = None
        if callee.talks is not None:
            answered_at = self._clock.now()
            await answered(answered_at)
        if callee.raises is not None:
            raise callee.raises
        await self._pass(callee.talks or 0.0, callee.deaf)
        return AttemptEnd(callee.callee_type, self._clock.now(), answered_at, str(callee.callee_type))

    async def _pass(self, seconds: float, deaf: bool) -> None:
        until = self._clock.now() + seconds
        try:
            await self._clock.sleep(seconds)
        except asyncio.CancelledError:
            if not deaf:
                raise
            await self._clock.sleep(until - self._clock.now())

    def _dialled(self, claim: Claim) -> Dial:
        dial = Dial(claim.call.id, claim.call.attempts, self._clock.now())
        self.dials.append(dial)
        self._live[dial.call_id] += 1
        self.most_at_once = max(self.most_at_once, self._live.total())
        if self._live[dial.call_id] > 1:
            self.doubles.append(dial)
        return dial

"""A leg of the loopback: from ringing to the end, with a simulated callee."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.telephony import (
    Answered,
    Cause,
    DialRequest,
    EndedBy,
    Report,
    Ringing,
    Tone,
    ToneHeard,
)
from mirabelle.core.simulation import timing
from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.simulation.people import Person, Say
from mirabelle.core.simulation.transfers import FarEnds
from mirabelle.plugins.telephony_loopback.callees import SPEECH_END, SPEECH_THRESHOLD, Callee, Kind
from mirabelle.plugins.telephony_loopback.far_ends import ByDestination, rings_for

CED_AFTER: Final = 0.5
SIT_LASTS: Final = 1.0
BEEP_AFTER: Final = 0.5
# T.30: a fax machine that hears no other gives up after 35 s.
FAX_STAYS: Final = 35.0
MESSAGE_LASTS: Final = 60.0
PERSON_STAYS: Final = 600.0

GREETINGS: Final = ("Hello?", "Yes, hello?", "Good day.")
MACHINE_GREETING: Final = (
    "You have reached a simulated answering machine. Nobody can take your call at the moment. "
    "Please leave a message after the tone."
)

USER_BUSY: Final = Cause(EndedBy.CALLEE, q850=17, sip=486, text="busy")
NO_ANSWER: Final = Cause(EndedBy.PLATFORM, q850=19, sip=487, text="no answer within the ring limit")
UNALLOCATED: Final = Cause(EndedBy.NETWORK, q850=1, sip=404, text="unallocated number")
OUT_OF_ORDER: Final = Cause(EndedBy.NETWORK, q850=38, sip=503, text="network out of order")
GIVEN_UP: Final = Cause(EndedBy.PLATFORM, q850=16, sip=487, text="hung up before the answer")


@dataclass(frozen=True, slots=True)
class Cast:
    """Who answers the prompts, and whom transfers reach."""

    person: Person
    far_ends: FarEnds = field(default_factory=ByDestination)


class LoopbackLeg(SimulatedLeg):
    """Begins to ring with `ring`. The cast's person answers the prompts; greeting, tones and endings come from the
    callee."""

    def __init__(
        self,
        callee: Callee,
        cast: Cast,
        request: DialRequest,
        clock: Clock,
        chance: random.Random,
        report: Report,
        on_digits: Callable[[str], None],
    ) -> None:
        super().__init__(cast.person, clock, report, far_ends=cast.far_ends)
        self._callee = callee
        self._request = request
        self._chance = chance
        self._on_digits = on_digits
        self._answered = False

    def ring(self) -> None:
        """The network has found the far end; what happens there is its nature. What fails does not ring."""
        match self._callee.kind:
            case Kind.BUSY | Kind.BUSY_THEN_VOICE if self._is_busy():
                self._fail(Tone.BUSY, 0.0, USER_BUSY)
            case Kind.SIT:
                self._fail(Tone.SPECIAL_INFORMATION, SIT_LASTS, UNALLOCATED)
            case Kind.FAILURE:
                self.timetable.after(self._callee.after, lambda: self.end(OUT_OF_ORDER))
            case Kind.NOANSWER:
                self._ring_out()
            case _:
                self._answer_in_time()

    def send_digits(self, digits: str) -> None:
        """As `Leg`; they are written down."""
        if self._answered and not self.over:
            self._on_digits(digits)

    def hang_up(self) -> None:
        """As `Leg`."""
        if self._answered:
            super().hang_up()
        else:
            self.end(GIVEN_UP)

    def prompt_over(self, index: int) -> None:
        """The one who hangs up does so now."""
        if self._callee.kind is Kind.HANGUP:
            self.callee_hangs_up()

    def _is_busy(self) -> bool:
        return self._callee.kind is Kind.BUSY or self._request.attempt == 1

    def _fail(self, tone: Tone, lasts: float, cause: Cause) -> None:
        self.timetable.after(self._callee.after, lambda: self.emit(lambda at: ToneHeard(at, tone)))
        self.timetable.after(self._callee.after + lasts, lambda: self.end(cause))

    def _ring_out(self) -> None:
        self.emit(Ringing)
        self.timetable.after(self._request.max_ring_time, lambda: self.end(NO_ANSWER))

    def _answer_in_time(self) -> None:
        rung = rings_for(self._callee)
        if rung >= self._request.max_ring_time:
            self._ring_out()
        else:
            self.emit(Ringing)
            self.timetable.after(rung, self._answer)

    def _answer(self) -> None:
        self._answered = True
        self.emit(Answered)
        match self._callee.kind:
            case Kind.FAX:
                self._after(CED_AFTER, lambda: self.emit(lambda at: ToneHeard(at, Tone.FAX_ANSWER)))
                self._hang_up_after(FAX_STAYS)
            case Kind.MACHINE:
                spoken = self._greet_as_machine()
                self._after(spoken + BEEP_AFTER, lambda: self.emit(lambda at: ToneHeard(at, Tone.BEEP)))
                self._hang_up_after(MESSAGE_LASTS, spoken + BEEP_AFTER)
            case _:
                self._greet_as_person()
                self._hang_up_after(PERSON_STAYS)

    def _greet_as_machine(self) -> float:
        words = MACHINE_GREETING if self._callee.greeting is None else self._callee.greeting
        decides = self._callee.decides
        return self._say(words, 0.0 if decides is None else decides - SPEECH_THRESHOLD)

    def _greet_as_person(self) -> float:
        words = self._chance.choice(GREETINGS) if self._callee.greeting is None else self._callee.greeting
        decides = self._callee.decides
        return self._say(words, 0.0 if decides is None else max(0.0, decides - SPEECH_END - timing.of_text(words)))

    def _say(self, words: str, begins: float) -> float:
        """Say it, so many seconds after the answer; when it is over, in seconds after the answer."""
        if words:
            self.act([Say(words, at=self.now + begins)])
        return begins + timing.of_text(words)

    def _hang_up_after(self, usual: float, since: float = 0.0) -> None:
        stays = usual if self._callee.stays is None else self._callee.stays
        self._after(since + stays, self.callee_hangs_up)

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        self.timetable.after(seconds, act)

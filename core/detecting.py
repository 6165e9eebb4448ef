"""All callee detectors listening to one call; the first verdict counts."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.detection import CalleeDetector, Detection, Verdict
from mirabelle.core.interfaces.telephony import Answered, HungUp, LegEvent, Tone, ToneHeard
from mirabelle.core.observing import written
from mirabelle.core.talking.telling import Tell
from mirabelle.core.timetable import Appointment, Timetable
from mirabelle.core.types import CalleeType, EventKind

OFF = Verdict(CalleeType.UNKNOWN, {"detection": "off"})
NOBODY_LISTENS = Verdict(CalleeType.UNKNOWN, {"detectors": 0})


@dataclass(slots=True)
class _Listener:
    name: str
    detection: Detection
    alarm: Appointment | None = None


class Detecting:
    """Begin before the leg is dialled; `hear` is an ear of its line. `on_verdict` is called once.

    `listens` False: nobody is listened to after the answer; who does not answer is still told from signalling. When the
    leg ends without a verdict the detectors give up. One that raises is left out, and told.
    """

    def __init__(
        self,
        detectors: Sequence[CalleeDetector],
        clock: Clock,
        tell: Tell,
        on_verdict: Callable[[Verdict], None],
        listens: bool = True,
    ) -> None:
        self.verdict: Verdict | None = None
        self.beeped = asyncio.Event()
        self._tell = tell
        self._on_verdict = on_verdict
        self._listens = listens
        self._timetable = Timetable(clock)
        self._listeners: list[_Listener] = []
        for detector in detectors:
            self._guarded(detector.name, partial(self._start, detector))

    @property
    def callee_type(self) -> CalleeType:
        """What is known of the callee at this moment."""
        return CalleeType.PROCESSING if self.verdict is None else self.verdict.callee_type

    def hear(self, event: LegEvent) -> None:
        """Take an event of the leg. Never raises."""
        if isinstance(event, ToneHeard) and event.tone is Tone.BEEP:
            self.beeped.set()
        if self.verdict is not None:
            return
        if isinstance(event, Answered) and not self._listens:
            self._decide("", OFF)
            return
        for listener in tuple(self._listeners):
            self._consider(listener, partial(listener.detection.feed, event))
        if isinstance(event, HungUp):
            self.give_up()

    def give_up(self) -> Verdict:
        """Decide on what there is: the first that knows anything. The verdict when there is one already."""
        if self.verdict is None:
            self._decide(*self._best_guess())
        assert self.verdict is not None
        return self.verdict

    def close(self) -> None:
        """Nobody listens any more."""
        self._timetable.close()
        self._listeners.clear()

    def _start(self, detector: CalleeDetector) -> None:
        self._listeners.append(_Listener(detector.name, detector.start()))

    def _consider(self, listener: _Listener, work: Callable[[], Verdict | None]) -> None:
        """Let one detector work, unless another has decided; then see when it wants to be woken."""
        if self.verdict is not None or listener not in self._listeners:
            return
        verdict = self._guarded(listener.name, work)
        if verdict is not None:
            self._decide(listener.name, verdict)
        else:
            self._guarded(listener.name, partial(self._set_alarm, listener))

    def _set_alarm(self, listener: _Listener) -> None:
        if listener.alarm is not None:
            self._timetable.cancel(listener.alarm)
            listener.alarm = None
        at = listener.detection.wakes_at
        if at is not None and self.verdict is None:
            listener.alarm = self._timetable.at(at, partial(self._wake, listener, at))

    def _wake(self, listener: _Listener, at: float) -> None:
        # When the loop was late, events from before this instant are on their way (a leg that wakes in this turn of the
        # loop reports in the next): they come first.
        soon = asyncio.get_running_loop().call_soon
        soon(soon, self._consider, listener, partial(self._woken, listener.detection, at))

    def _woken(self, detection: Detection, at: float) -> Verdict | None:
        due = detection.wakes_at
        return None if due is None or due > at else detection.wake(at)

    def _best_guess(self) -> tuple[str, Verdict]:
        guesses: list[tuple[str, Verdict]] = []
        for listener in tuple(self._listeners):
            verdict = self._guarded(listener.name, listener.detection.give_up)
            if verdict is not None:
                guesses.append((listener.name, verdict))
        known = [guess for guess in guesses if guess[1].callee_type is not CalleeType.UNKNOWN]
        return (known or guesses or [("", NOBODY_LISTENS)])[0]

    def _decide(self, name: str, verdict: Verdict) -> None:
        self.verdict = verdict
        self.close()
        evidence = dict(verdict.evidence)
        self._tell(EventKind.VERDICT, {"callee_type": verdict.callee_type, "detector": name, "evidence": evidence})
        self._on_verdict(verdict)

    def _guarded(self, name: str, work: Callable[[], Verdict | None]) -> Verdict | None:
        try:
            return work()
        except Exception as error:  # noqa: BLE001 - a detector of a plugin may fail in any way; the call goes on
            self._tell(EventKind.PLATFORM, {"problem": f"detector {name} failed", "error": written(error)})
            self._listeners = [listener for listener in self._listeners if listener.name != name]
            return None

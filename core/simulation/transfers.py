"""The far ends that a simulated transfer reaches: `[[transfer]]` of the caller rules, `T:` lines of a transcript."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from mirabelle.core.interfaces.telephony import LegEvent
from mirabelle.core.interfaces.telephony_services import (
    TransferAnswered,
    TransferEnded,
    TransferProblem,
    TransferRefused,
    TransferRequest,
)
from mirabelle.core.simulation.people import Action, HangUp, Press, Say
from mirabelle.core.simulation.performance import Performance
from mirabelle.core.timetable import Appointment, Timetable
from mirabelle.vxml_interpreter.answers import TransferOutcome
from mirabelle.vxml_interpreter.commands import TransferKind

DURATION: Final = 5.0
OUTCOMES: Final = tuple(TransferOutcome)
UNANSWERED: Final = frozenset({TransferOutcome.BUSY, TransferOutcome.NETWORK_BUSY, TransferOutcome.UNKNOWN})
Emit = Callable[[Callable[[float], LegEvent]], None]


@dataclass(frozen=True, slots=True)
class FarEnd:
    """What happens on one transfer. Spans are seconds.

    `answers`: until the far end answers. `duration`: how long they are connected, None: 5 s. `caller` is what the
    caller does during it, each with seconds since they were connected in the place of an instant. `problem`: it cannot
    even be tried.
    """

    outcome: TransferOutcome = TransferOutcome.CONNECTED
    answers: float = 0.0
    duration: float | None = None
    caller: tuple[Action, ...] = ()
    problem: TransferProblem | None = None

    @property
    def lasts(self) -> float:
        """How long they are connected."""
        return DURATION if self.duration is None else self.duration


class FarEnds(Protocol):
    """Knows who is reached by a transfer."""

    def reached(self, request: TransferRequest) -> FarEnd:
        """Called once for each transfer."""


class InOrder:
    """One far end for each transfer; the last repeats. None at all: they answer and hang up after 5 s."""

    def __init__(self, far_ends: Sequence[FarEnd] = ()) -> None:
        self._left = list(far_ends)

    def reached(self, request: TransferRequest) -> FarEnd:
        """The next."""
        if not self._left:
            return FarEnd()
        return self._left[0] if len(self._left) == 1 else self._left.pop(0)


@dataclass(frozen=True, slots=True)
class Means:
    """What a transfer does on its leg: report, have the caller do something, hang up, hand the caller over."""

    timetable: Timetable
    emit: Emit
    perform: Callable[[Sequence[Action]], Performance]
    hang_up: Callable[[], None]
    hand_over: Callable[[], None]


class SimulatedTransfer:
    """One transfer, from now on until it is `over`."""

    def __init__(self, request: TransferRequest, far_end: FarEnd, means: Means) -> None:
        self.over = False
        self._request = request
        self._far_end = far_end
        self._means = means
        self._appointments: list[Appointment] = []
        self._doing: Performance | None = None
        self._begin()

    def end(self, outcome: TransferOutcome) -> None:
        """It is over. Does nothing when it was already."""
        if self.over:
            return
        self.close()
        self._means.emit(lambda at: TransferEnded(at, outcome))
        if outcome is TransferOutcome.CONNECTED:
            self._means.hand_over()

    def close(self) -> None:
        """Nothing of it happens any more, and nothing is told: the leg ends."""
        self.over = True
        for appointment in self._appointments:
            self._means.timetable.cancel(appointment)
        if self._doing is not None:
            self._doing.drop()

    def _begin(self) -> None:
        outcome, limit = self._far_end.outcome, self._request.connecttimeout
        if self._far_end.problem is not None:
            self._after(0.0, self._refuse)
        elif self._request.kind is TransferKind.BLIND:
            self._hand_over_blindly(outcome)
        elif outcome is TransferOutcome.NOANSWER or self._far_end.answers >= limit:
            self._end_after(limit, TransferOutcome.NOANSWER)
        elif outcome in UNANSWERED:
            self._end_after(self._far_end.answers, outcome)
        else:
            self._after(self._far_end.answers, self._answered)

    def _refuse(self) -> None:
        problem = self._far_end.problem or TransferProblem.NO_ROUTE
        self.close()
        self._means.emit(lambda at: TransferRefused(at, problem, f"{self._request.destination} cannot be reached"))

    def _hand_over_blindly(self, outcome: TransferOutcome) -> None:
        if outcome is TransferOutcome.HANGUP:
            self._after(0.0, self._means.hang_up)
        else:
            unknown = outcome is TransferOutcome.UNKNOWN
            self._end_after(0.0, TransferOutcome.UNKNOWN if unknown else TransferOutcome.CONNECTED)

    def _answered(self) -> None:
        if self._request.kind is TransferKind.CONSULTATION:
            self.end(TransferOutcome.CONNECTED)
            return
        self._means.emit(TransferAnswered)
        self._end_after(self._request.maxtime, TransferOutcome.MAXTIME_DISCONNECT)
        self._let_caller_act()
        self._let_far_end_go()

    def _let_caller_act(self) -> None:
        now = self._means.timetable.now
        actions = [_at(action, now) for action in self._far_end.caller]
        if self._far_end.outcome is TransferOutcome.HANGUP and not any(isinstance(each, HangUp) for each in actions):
            actions.append(HangUp(now + self._far_end.lasts))
        if actions:
            self._doing = self._means.perform(actions)

    def _let_far_end_go(self) -> None:
        outcome = self._far_end.outcome
        if outcome is TransferOutcome.HANGUP:
            return
        if outcome is TransferOutcome.MAXTIME_DISCONNECT and self._far_end.duration is None:
            return
        by_caller = outcome is TransferOutcome.NEAR_END_DISCONNECT and self._far_end.caller
        leaves = by_caller or outcome is TransferOutcome.CONNECTED
        self._end_after(self._far_end.lasts, TransferOutcome.FAR_END_DISCONNECT if leaves else outcome)

    def _end_after(self, seconds: float, outcome: TransferOutcome) -> None:
        self._after(seconds, lambda: self.end(outcome))

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        self._appointments.append(self._means.timetable.after(seconds, act))


def _at(action: Action, since: float) -> Action:
    at = since + (action.at or 0.0)
    match action:
        case Say(words, _, lasts, alternatives, sound):
            return Say(words, at, lasts, alternatives, sound)
        case Press(keys):
            return Press(keys, at)
        case HangUp():
            return HangUp(at)

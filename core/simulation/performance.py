"""What somebody does on a simulated leg, as it happens."""

from collections.abc import Callable, Sequence

from mirabelle.core.interfaces.telephony import LegEvent, Pressed, SpeechBegan, Spoke
from mirabelle.core.simulation import timing
from mirabelle.core.simulation.people import Action, HangUp, Press, Say
from mirabelle.core.timetable import Appointment, Timetable

Emit = Callable[[Callable[[float], LegEvent]], None]


class Performance:
    """Some actions, put on the timetable one after the other, none before `earliest`.

    `ends` is when the last is over. `begun`: whether the first has begun. `speaks` hears what begins to be said, and
    None when it is over.
    """

    def __init__(
        self,
        timetable: Timetable,
        emit: Emit,
        hang_up: Callable[[], None],
        earliest: float,
        speaks: Callable[[Say | None], None] = lambda said: None,
    ) -> None:
        self.begun = False
        self.earliest = earliest
        self.ends = earliest
        self._timetable = timetable
        self._emit = emit
        self._hang_up = hang_up
        self._speaks = speaks
        self._appointments: list[Appointment] = []

    def add(self, actions: Sequence[Action], prompts_over: float) -> None:
        """Do these in their order; those without an instant of their own not before the prompts are over."""
        for action in actions:
            at = prompts_over if action.at is None else action.at
            self.ends = self._do(action, max(at, self.ends))

    def drop(self) -> None:
        """Nothing of it happens any more."""
        for appointment in self._appointments:
            self._timetable.cancel(appointment)

    def _do(self, action: Action, begins: float) -> float:
        match action:
            case Say():
                return self._say(action, begins)
            case Press():
                return self._press(action, begins)
            case HangUp():
                self._put(begins, self._hang_up)
                return begins

    def _say(self, action: Say, begins: float) -> float:
        ends = begins + (timing.of_text(action.words) if action.lasts is None else action.lasts)
        alternatives = ((action.words, 1.0),) if action.alternatives is None else action.alternatives

        def begin() -> None:
            self._speaks(action)
            self._emit(SpeechBegan)

        def end() -> None:
            self._speaks(None)
            self._emit(lambda at: Spoke(at, begins, alternatives))

        self._put(begins, begin)
        self._put(ends, end)
        return ends

    def _press(self, action: Press, begins: float) -> float:
        for number, key in enumerate(action.keys):
            self._put(begins + number * timing.KEY, self._pressing(key))
        return begins + len(action.keys) * timing.KEY

    def _pressing(self, key: str) -> Callable[[], None]:
        return lambda: self._emit(lambda at: Pressed(at, key))

    def _put(self, at: float, act: Callable[[], None]) -> None:
        def happen() -> None:
            self.begun = True
            act()

        self._appointments.append(self._timetable.at(at, happen))

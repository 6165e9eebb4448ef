"""A text leg with somebody simulated at its far end."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.telephony import (
    Capabilities,
    Cause,
    EndedBy,
    HungUp,
    LegEvent,
    MarkReached,
    Played,
    PromptBegan,
    Report,
    Spoke,
    TextLeg,
)
from mirabelle.core.interfaces.telephony_services import RecordingEnding, RecordRequest, TransferRequest
from mirabelle.core.simulation import timing, transfers
from mirabelle.core.simulation.people import Action, HeardPrompt, Person, Say
from mirabelle.core.simulation.performance import Performance
from mirabelle.core.simulation.recording import SimulatedRecording, recorded
from mirabelle.core.simulation.sound import TYPES
from mirabelle.core.simulation.transfers import FarEnds, InOrder, SimulatedTransfer
from mirabelle.core.timetable import Appointment, Timetable
from mirabelle.vxml_interpreter.answers import TransferOutcome
from mirabelle.vxml_interpreter.speech.prompt import Prompt

NORMAL_CLEARING = 16
# What every simulated leg can do.
CAPABILITIES = Capabilities(
    record=True,
    keeps_utterances=True,
    transfer_blind=True,
    transfer_bridge=True,
    transfer_consultation=True,
    recording_types=TYPES,
)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A prompt that will be heard, and its marks with their seconds from its beginning."""

    heard: HeardPrompt
    marks: tuple[tuple[float, str], ...]


@dataclass(slots=True)
class _Playing:
    """One `play` of `count` prompts: at which it is, what is still to come, and how the person means to answer it."""

    count: int
    index: int = 0
    appointments: list[Appointment] = field(default_factory=list)
    answer: Performance | None = None


class SimulatedLeg(TextLeg):
    """A leg that is up from the start; `person` is asked whenever a `play` listens, `far_ends` whenever it is
    transferred.

    An answer that has not begun when its prompts are cut short is dropped: the person answers what comes next.
    Must be made and used on the event loop. Events are reported from the loop, never from within a method called here.
    """

    def __init__(
        self,
        person: Person,
        clock: Clock,
        report: Report,
        sound: timing.Sound | None = None,
        far_ends: FarEnds | None = None,
    ) -> None:
        self.clock = clock
        self.timetable = Timetable(clock)
        self.person = person
        self._report = report
        self._sound = sound
        self._far_ends = far_ends or InOrder()
        self._over = False
        self._recording: SimulatedRecording | None = None
        self._transfer: SimulatedTransfer | None = None
        self._speaking: tuple[Say, float] | None = None
        self._said: Say | None = None
        self._keeping: str | None = None
        self._playing: _Playing | None = None
        self._heard: list[HeardPrompt] = []
        self._busy_until = 0.0
        self._last_at = 0.0
        self._thinking: set[asyncio.Future[None]] = set()

    # What the platform does.

    def play(self, prompts: Sequence[Prompt], listening: bool) -> None:
        """As `TextLeg`. A play that still runs is stopped first."""
        self.stop()
        if self._over:
            return
        self._playing = _Playing(len(prompts))
        plan = self._plan(prompts)
        over = plan[-1].heard.ended if plan else self.now
        self._schedule(self._playing, plan, over)
        self._heard += [planned.heard for planned in plan]
        if listening:
            self._ask(self._playing, over)

    def stop(self) -> None:
        """As `TextLeg`."""
        playing, self._playing = self._playing, None
        if playing is None:
            return
        for appointment in playing.appointments:
            self.timetable.cancel(appointment)
        self._forget_unheard()
        self._drop_unbegun(playing)
        cut = playing.index if playing.index < playing.count else None
        self.emit(lambda at: Played(at, cut))

    def keep_utterances(self, media_type: str | None) -> None:
        """As `TextLeg`."""
        self._keeping = media_type

    def record(self, request: RecordRequest) -> None:
        """As `TextLeg`: a tone for words, the file of whoever speaks one."""
        self.stop_recording()
        if self._over:
            return
        self._recording = SimulatedRecording(request, self.timetable, self.emit)
        if self._speaking is not None:
            self._recording.began(*self._speaking)

    def stop_recording(self) -> None:
        """As `TextLeg`."""
        self._end_recording(RecordingEnding.STOPPED)

    def transfer(self, request: TransferRequest) -> None:
        """As `TextLeg`."""
        self.end_transfer()
        if self._over:
            return
        means = transfers.Means(
            self.timetable,
            self.emit,
            lambda actions: self._perform(actions, self.now),
            self.callee_hangs_up,
            lambda: self.end(Cause(EndedBy.PLATFORM, NORMAL_CLEARING, text=f"transferred to {request.destination}")),
        )
        self._transfer = SimulatedTransfer(request, self._far_ends.reached(request), means)

    def end_transfer(self) -> None:
        """As `TextLeg`."""
        transfer, self._transfer = self._transfer, None
        if transfer is not None:
            transfer.end(TransferOutcome.NEAR_END_DISCONNECT)

    def send_digits(self, digits: str) -> None:
        """As `Leg`; the person takes no notice."""

    def hang_up(self) -> None:
        """As `Leg`."""
        self.end(Cause(EndedBy.PLATFORM, q850=NORMAL_CLEARING))

    # What the far end does.

    def act(self, actions: Sequence[Action]) -> None:
        """Do these now, in their order, after what is being done already."""
        self._perform(actions, self.now)

    def callee_hangs_up(self) -> None:
        """The far end puts the receiver down at this moment, in the middle of whatever it does."""
        self.end(Cause(EndedBy.CALLEE, q850=NORMAL_CLEARING))

    def end(self, cause: Cause) -> None:
        """The leg is over. Does nothing when it was already."""
        if self._over:
            return
        self.stop()
        self._end_recording(RecordingEnding.HUNG_UP)
        if self._transfer is not None:
            self._transfer.close()
        self.emit(lambda at: HungUp(at, cause))
        self._over = True
        self.timetable.close()
        for thinking in self._thinking:
            thinking.cancel()

    def emit(self, event: Callable[[float], LegEvent]) -> None:
        """Report an event of this instant. Nothing follows the end."""
        if not self._over:
            self._last_at = self.now
            asyncio.get_running_loop().call_soon(self._report, self._with_sound(event(self._last_at)))

    @property
    def now(self) -> float:
        """The instant on the leg's clock; never before the last event, though that may have been late."""
        return max(self._last_at, self.timetable.now)

    @property
    def over(self) -> bool:
        """Whether the leg has ended."""
        return self._over

    def prompt_over(self, index: int) -> None:
        """Called when a prompt has been heard to its end, also when nobody listens: for callees that react to it."""

    def _plan(self, prompts: Sequence[Prompt]) -> list[_Planned]:
        plan, began = [], self.now
        for prompt in prompts:
            course = timing.course(prompt, self._sound)
            ended = began + course.seconds
            plan.append(_Planned(HeardPrompt(prompt.text, began, ended), course.marks))
            began = ended
        return plan

    def _schedule(self, playing: _Playing, plan: Sequence[_Planned], over: float) -> None:
        at, appointments = self.timetable.at, playing.appointments
        for index, (heard, marks) in enumerate((planned.heard, planned.marks) for planned in plan):
            appointments.append(at(heard.began, self._beginning(playing, index)))
            appointments += [at(min(heard.began + after, heard.ended), self._marking(name)) for after, name in marks]
            appointments.append(at(heard.ended, self._ending(playing, index)))
        appointments.append(at(over, self._played))

    def _beginning(self, playing: _Playing, index: int) -> Callable[[], None]:
        def begin() -> None:
            playing.index = index
            self.emit(lambda at: PromptBegan(at, index))

        return begin

    def _marking(self, name: str) -> Callable[[], None]:
        return lambda: self.emit(lambda at: MarkReached(at, name))

    def _ending(self, playing: _Playing, index: int) -> Callable[[], None]:
        def end() -> None:
            playing.index = index + 1
            self.prompt_over(index)

        return end

    def _played(self) -> None:
        self._playing = None
        self.emit(lambda at: Played(at))

    def _ask(self, playing: _Playing, over: float) -> None:
        heard, self._heard = tuple(self._heard), []
        reply = self.person.reply(heard)
        if inspect.isawaitable(reply):
            thinking = asyncio.ensure_future(self._wait_for(reply, over))
            self._thinking.add(thinking)
            thinking.add_done_callback(self._thinking.discard)
        else:
            playing.answer = self._perform(reply, over)

    async def _wait_for(self, reply: Awaitable[Sequence[Action]], over: float) -> None:
        self._perform(await reply, over)

    def _perform(self, actions: Sequence[Action], prompts_over: float) -> Performance:
        earliest = max(self._busy_until, self.now)
        performance = Performance(self.timetable, self.emit, self.callee_hangs_up, earliest, self._speaks)
        performance.add(actions, prompts_over)
        self._busy_until = performance.ends
        return performance

    def _speaks(self, said: Say | None) -> None:
        self._speaking = None if said is None else (said, self.now)
        self._said = said or self._said
        if self._recording is None or self._recording.over:
            return
        if said is None:
            self._recording.ended()
        else:
            self._recording.began(said, self.now)

    def _with_sound(self, event: LegEvent) -> LegEvent:
        if not isinstance(event, Spoke) or self._keeping is None or self._said is None:
            return event
        return replace(event, sound=recorded(self._said, event.at - event.began, self._keeping))

    def _end_recording(self, ending: RecordingEnding) -> None:
        recording, self._recording = self._recording, None
        if recording is not None:
            recording.end(ending)

    def _drop_unbegun(self, playing: _Playing) -> None:
        answer = playing.answer
        if answer is None or answer.begun:
            return
        answer.drop()
        if self._busy_until == answer.ends:
            self._busy_until = answer.earliest

    def _forget_unheard(self) -> None:
        now = self.now
        self._heard = [prompt for prompt in self._heard if prompt.began <= now]

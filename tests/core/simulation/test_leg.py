import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import pytest

from mirabelle.core.interfaces.telephony import (
    Cause,
    EndedBy,
    HungUp,
    LegEvent,
    MarkReached,
    Played,
    Pressed,
    PromptBegan,
    SpeechBegan,
    Spoke,
)
from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.simulation.people import Action, HangUp, HeardPrompt, Person, Press, Presses, Say, Silent
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.vxml_interpreter.speech.prompt import Break, Mark, Prompt, Text

Play = Callable[[VirtualClock, SimulatedLeg], Coroutine[Any, Any, None]]


def seconds(*lengths: float) -> list[Prompt]:
    return [Prompt((Text(""), Break(length))) for length in lengths]


class Scripted:
    """Answers each time with the next of some lists; keeps what it heard."""

    def __init__(self, *answers: Sequence[Action]) -> None:
        self.answers = list(answers)
        self.heard: list[list[str]] = []

    def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action]:
        self.heard.append([prompt.text for prompt in heard])
        return self.answers.pop(0) if self.answers else ()


def events_of(person: Person, play: Play) -> list[LegEvent]:
    async def main(clock: VirtualClock) -> list[LegEvent]:
        events: list[LegEvent] = []
        leg = SimulatedLeg(person, clock, events.append)
        await play(clock, leg)
        await clock.sleep(100)
        return events

    return virtual_time.run(main)


def test_prompts_take_their_time_and_the_answer_follows_the_last() -> None:
    async def play(clock: VirtualClock, leg: SimulatedLeg) -> None:
        leg.play(seconds(1, 2), listening=True)

    assert events_of(Presses("12"), play) == [
        PromptBegan(0, 0),
        PromptBegan(1, 1),
        Played(3),
        Pressed(3, "1"),
        Pressed(3.2, "2"),
    ]


def test_marks_are_told_in_their_time_and_those_behind_an_interruption_never() -> None:
    async def play(clock: VirtualClock, leg: SimulatedLeg) -> None:
        prompts = [Prompt((Mark("a"), Break(1), Mark("b"))), Prompt((Break(1), Mark("c"), Break(1), Mark("d")))]
        leg.play(prompts, listening=False)
        await clock.sleep(2.5)
        leg.stop()

    assert events_of(Silent(), play) == [
        PromptBegan(0, 0),
        MarkReached(0, "a"),
        MarkReached(1, "b"),
        PromptBegan(1, 1),
        MarkReached(2, "c"),
        Played(2.5, cut=1),
    ]


def test_nobody_is_asked_while_nobody_listens_and_what_was_heard_is_kept_for_the_next_time() -> None:
    person = Scripted()

    async def play(clock: VirtualClock, leg: SimulatedLeg) -> None:
        leg.play([Prompt((Text("One."),)), Prompt((Text("Two."),))], listening=False)
        await clock.sleep(0.1)
        leg.stop()
        leg.play([Prompt((Text("Three."),))], listening=True)
        await clock.sleep(1)
        leg.play([], listening=True)

    assert events_of(person, play)[:3] == [PromptBegan(0, 0), Played(0.1, cut=0), PromptBegan(0.1, 0)]
    assert person.heard == [["One.", "Three."], []]


def test_a_person_speaks_in_the_middle_of_a_prompt_and_hangs_up_afterwards() -> None:
    async def play(clock: VirtualClock, leg: SimulatedLeg) -> None:
        leg.play(seconds(4, 4), listening=True)

    person = Scripted([Say("yes", at=5, lasts=0.5, alternatives=(("yes", 0.4),)), HangUp(at=0)])
    assert events_of(person, play) == [
        PromptBegan(0, 0),
        PromptBegan(4, 1),
        SpeechBegan(5),
        Spoke(5.5, began=5, alternatives=(("yes", 0.4),)),
        Played(5.5, cut=1),
        HungUp(5.5, Cause(EndedBy.CALLEE, q850=16)),
    ]


def test_words_take_as_long_as_they_are_and_are_sure_unless_said_otherwise() -> None:
    async def play(clock: VirtualClock, leg: SimulatedLeg) -> None:
        leg.play([], listening=True)

    events = events_of(Scripted([Say("0123456789"), Say("", lasts=5, alternatives=())]), play)
    assert events == [
        Played(0),
        SpeechBegan(0),
        Spoke(pytest.approx(0.6), began=0, alternatives=(("0123456789", 1.0),)),  # type: ignore[arg-type]
        SpeechBegan(pytest.approx(0.6)),  # type: ignore[arg-type]
        Spoke(pytest.approx(5.6), began=pytest.approx(0.6), alternatives=()),  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize(("after", "cut"), [(0.5, 0), (1, 1), (1.5, 1), (3, None)])
def test_what_was_heard_to_its_end_is_not_cut_when_the_leg_ends_then(after: float, cut: int | None) -> None:
    class Leaves(SimulatedLeg):
        def prompt_over(self, index: int) -> None:
            if self.now >= after:
                self.callee_hangs_up()

    async def main(clock: VirtualClock) -> list[LegEvent]:
        events: list[LegEvent] = []
        leg = Leaves(Presses("1"), clock, events.append)
        leg.play(seconds(1, 2), listening=False)
        if after % 1:
            await clock.sleep(after)
            leg.callee_hangs_up()
        await clock.sleep(100)
        return events

    events = virtual_time.run(main)
    assert [event for event in events if isinstance(event, Played)] == [Played(after, cut)]
    assert isinstance(events[-1], HungUp)


def test_a_barge_in_cuts_the_prompt_and_what_was_begun_goes_on() -> None:
    async def main(clock: VirtualClock) -> list[LegEvent]:
        events: list[LegEvent] = []

        def report(event: LegEvent) -> None:
            events.append(event)
            if isinstance(event, Pressed) and event.key == "1":
                leg.stop()

        leg = SimulatedLeg(Scripted([Press("12", at=1.5)]), clock, report)
        leg.play(seconds(4), listening=True)
        await clock.sleep(10)
        return events

    assert virtual_time.run(main) == [PromptBegan(0, 0), Pressed(1.5, "1"), Played(1.5, cut=0), Pressed(1.7, "2")]


def test_an_answer_that_was_not_begun_when_its_prompt_is_cut_is_dropped() -> None:
    async def play(clock: VirtualClock, leg: SimulatedLeg) -> None:
        leg.play(seconds(4), listening=True)
        await clock.sleep(1)
        leg.play(seconds(1), listening=True)

    events = events_of(Scripted([Press("1")], [Press("2")]), play)
    assert events == [PromptBegan(0, 0), Played(1, cut=0), PromptBegan(1, 0), Played(2), Pressed(2, "2")]


def test_hanging_up_ends_everything_once() -> None:
    async def play(clock: VirtualClock, leg: SimulatedLeg) -> None:
        leg.play(seconds(4), listening=True)
        await clock.sleep(1)
        leg.hang_up()
        leg.hang_up()
        leg.play(seconds(1), listening=True)
        leg.stop()

    assert events_of(Presses("1"), play) == [
        PromptBegan(0, 0),
        Played(1, cut=0),
        HungUp(1, Cause(EndedBy.PLATFORM, q850=16)),
    ]


def test_a_person_may_think_while_the_prompts_play() -> None:
    class Thinker:
        def __init__(self, clock: VirtualClock) -> None:
            self.clock = clock

        def reply(self, heard: Sequence[HeardPrompt]) -> Awaitable[Sequence[Action]]:
            return self._think(2 if len(heard) == 1 else 7)

        async def _think(self, length: float) -> Sequence[Action]:
            await self.clock.sleep(length)
            return [Press("1")]

    async def main(clock: VirtualClock) -> list[LegEvent]:
        events: list[LegEvent] = []
        leg = SimulatedLeg(Thinker(clock), clock, events.append)
        leg.play(seconds(4), listening=True)
        await clock.sleep(10)
        leg.play(seconds(1, 1), listening=True)
        await clock.sleep(10)
        leg.play(seconds(1), listening=True)
        await clock.sleep(1)
        leg.hang_up()
        await clock.sleep(10)
        return events

    events = virtual_time.run(main)
    assert [event.at for event in events if isinstance(event, Pressed)] == [4, 17]
    assert isinstance(events[-1], HungUp)


def test_events_are_never_reported_from_within_a_method() -> None:
    async def main(clock: VirtualClock) -> None:
        inside = False

        def report(event: LegEvent) -> None:
            assert not inside

        leg = SimulatedLeg(Silent(), clock, report)
        methods: list[Callable[[], None]] = [lambda: leg.play(seconds(1), listening=True), leg.stop, leg.hang_up]
        for method in methods:
            inside = True
            method()
            inside = False
            await asyncio.sleep(0)

    virtual_time.run(main)

"""Whatever the platform does with a leg and whatever the person does meanwhile, the promises of a text leg hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from mirabelle.core.interfaces.telephony import HungUp, LegEvent, Played, PromptBegan
from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.simulation.people import Action, HangUp, HeardPrompt, Press, Say
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.vxml_interpreter.speech.prompt import Break, Prompt

SPANS = st.sampled_from([0.0, 0.2, 0.5, 1.0, 3.0])
INSTANTS = st.none() | SPANS
ACTIONS = st.one_of(
    st.builds(Press, st.sampled_from(["1", "12#"]), INSTANTS),
    st.builds(Say, st.just("yes"), INSTANTS, SPANS),
    st.builds(HangUp, INSTANTS),
)
PLAYS = st.tuples(st.just("play"), st.lists(SPANS, max_size=3), st.booleans())
STEPS = st.one_of(PLAYS, PLAYS, st.tuples(st.sampled_from(["stop", "wait", "hang up"]), SPANS, st.just(False)))


@dataclass
class Whimsical:
    answers: list[list[Action]]
    asked: list[Sequence[HeardPrompt]] = field(default_factory=list)

    def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action]:
        self.asked.append(heard)
        return self.answers.pop() if self.answers else ()


@settings(max_examples=200, deadline=None)
@given(steps=st.lists(STEPS, max_size=8), answers=st.lists(st.lists(ACTIONS, max_size=3), max_size=4))
def test_promises_of_a_text_leg(steps: list[tuple[str, object, bool]], answers: list[list[Action]]) -> None:
    async def main(clock: VirtualClock) -> None:
        events: list[LegEvent] = []
        leg = SimulatedLeg(Whimsical(answers), clock, events.append)
        plays = 0
        for what, argument, listening in steps:
            if what == "play" and isinstance(argument, list):
                plays += not leg.over
                leg.play([Prompt((Break(span),)) for span in argument], listening)
            elif what == "stop":
                leg.stop()
            elif what == "hang up":
                leg.hang_up()
            elif isinstance(argument, float):
                await clock.sleep(argument)
        await clock.sleep(1000)
        leg.hang_up()
        await clock.sleep(1000)
        check(events, plays)

    virtual_time.run(main)


def check(events: Sequence[LegEvent], plays: int) -> None:
    assert [type(event) for event in events].count(HungUp) == 1
    assert isinstance(events[-1], HungUp)
    instants = [event.at for event in events]
    assert instants == sorted(instants)
    assert sum(isinstance(event, Played) for event in events) == plays
    expected = 0
    for event in events:
        if isinstance(event, PromptBegan):
            assert event.index == expected
            expected += 1
        elif isinstance(event, Played):
            assert event.cut is None or event.cut in (expected - 1, expected)
            expected = 0

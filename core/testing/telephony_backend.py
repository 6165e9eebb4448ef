"""What every TelephonyBackend must do. For plugin authors: `class TestMine(TelephonyBackendContract)`.

pytest collects the inherited tests; `make`, `answering`, `unanswered` and `undialable` are all that has to be written.
The tests run in virtual time; a backend that talks to the outside overrides `run` and `wait`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from mirabelle.core.interfaces.component import Clock, Lent
from mirabelle.core.interfaces.telephony import (
    Answered,
    Cause,
    DialRequest,
    EndedBy,
    HungUp,
    Leg,
    LegEvent,
    MarkReached,
    Played,
    PromptBegan,
    Ringing,
    TelephonyBackend,
    TextLeg,
)
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.lending import lent
from mirabelle.vxml_interpreter.speech.prompt import Break, Mark, Prompt

# How long the callee of `answering` may take to answer, and how often it is looked at: seconds.
PATIENCE = 60.0
LOOK = 0.1
NO_ANSWER = 19


class Call:
    """A leg and what it has reported."""

    def __init__(self, backend: TelephonyBackend, request: DialRequest, clock: Clock) -> None:
        self.events: list[LegEvent] = []
        self._clock = clock
        self.leg: Leg = backend.dial(request, self.events.append)
        assert not self.events, "reported from within dial"

    @property
    def ends(self) -> list[HungUp]:
        """The ends that it reported; one is right."""
        return [event for event in self.events if isinstance(event, HungUp)]

    async def until(self, kind: type[LegEvent]) -> None:
        """Wait for an event of that kind."""
        for _ in range(int(PATIENCE / LOOK)):
            if any(isinstance(event, kind) for event in self.events):
                return
            await self._clock.sleep(LOOK)
        raise AssertionError(f"no {kind.__name__} within {PATIENCE:g} s; there was {self.events}")


Test = Callable[[TelephonyBackend, Clock], Coroutine[Any, Any, None]]


class TelephonyBackendContract(ABC):
    """Promises of `TelephonyBackend` and its legs."""

    @abstractmethod
    def make(self, lent: Lent) -> TelephonyBackend:
        """A new backend, not opened."""

    @abstractmethod
    def answering(self) -> str:
        """A destination where somebody answers and stays on the line for a minute, whatever is heard."""

    @abstractmethod
    def unanswered(self) -> str:
        """A destination that rings until the ring limit."""

    @abstractmethod
    def undialable(self) -> str | None:
        """A URI of a scheme of the backend's own that it cannot dial; None when it dials everything."""

    def run(self, main: Callable[[Clock], Coroutine[Any, Any, None]]) -> None:
        """Run a test with a clock to lend."""
        virtual_time.run(main)

    def run_opened(self, data: Path, test: Test) -> None:
        """Run a test with an opened backend."""

        async def main(clock: Clock) -> None:
            backend = self.make(lent(clock, data=data))
            await backend.open()
            try:
                await test(backend, clock)
            finally:
                await backend.close()

        self.run(main)

    def request(self, destination: str, max_ring_time: float = PATIENCE) -> DialRequest:
        """A first attempt at that destination."""
        return DialRequest(1, 1, destination, "+16175550100", None, max_ring_time)

    def test_it_has_a_name_and_schemes(self, tmp_path: Path) -> None:
        """Name and schemes are what it is found by."""
        backend = self.make(lent(data=tmp_path))
        assert backend.name
        assert backend.schemes
        assert all(scheme == scheme.lower() and ":" not in scheme for scheme in backend.schemes)

    def test_it_says_what_it_cannot_dial(self, tmp_path: Path) -> None:
        """`check_destination` has a reason for people, or None."""

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            assert backend.check_destination(self.answering()) is None
            assert backend.check_destination(self.unanswered()) is None
            undialable = self.undialable()
            if undialable is not None:
                assert (backend.check_destination(undialable) or "").strip()

        self.run_opened(tmp_path, test)

    def test_a_call_is_answered_and_hung_up(self, tmp_path: Path) -> None:
        """Answered once, ended once and by us, in the order of time; nothing follows the end."""

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            call = Call(backend, self.request(self.answering()), clock)
            await call.until(Answered)
            call.leg.send_digits("1p2#")
            await clock.sleep(5)
            call.leg.hang_up()
            await call.until(HungUp)
            call.leg.hang_up()
            await clock.sleep(PATIENCE)
            assert [type(event) for event in call.events].count(Answered) == 1
            assert [end.cause.by for end in call.ends] == [EndedBy.PLATFORM]
            assert isinstance(call.events[-1], HungUp)
            instants = [event.at for event in call.events]
            assert instants == sorted(instants)

        self.run_opened(tmp_path, test)

    def test_the_ring_limit_ends_a_call(self, tmp_path: Path) -> None:
        """After `max_ring_time` of ringing the leg ends with Q.850 cause 19, by us."""

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            call = Call(backend, self.request(self.unanswered(), max_ring_time=5), clock)
            await call.until(HungUp)
            (ringing,) = (event for event in call.events if isinstance(event, Ringing))
            (end,) = call.ends
            assert end.at - ringing.at == pytest.approx(5, abs=0.5)
            assert (end.cause.by, end.cause.q850) == (EndedBy.PLATFORM, NO_ANSWER)

        self.run_opened(tmp_path, test)

    @pytest.mark.parametrize("seconds", [0.0, 1.0])
    def test_a_call_is_given_up_before_the_answer(self, tmp_path: Path, seconds: float) -> None:
        """`hang_up` ends a leg that rings, or does not even ring yet, and not as one that nobody answered."""

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            call = Call(backend, self.request(self.unanswered()), clock)
            if seconds:
                await clock.sleep(seconds)
            call.leg.hang_up()
            assert not call.ends, "reported from within hang_up"
            await clock.sleep(PATIENCE)
            (end,) = call.ends
            assert end.cause.by is EndedBy.PLATFORM
            assert end.cause.q850 != NO_ANSWER

        self.run_opened(tmp_path, test)

    def test_closing_ends_what_is_up(self, tmp_path: Path) -> None:
        """No leg outlives its backend."""

        async def main(clock: Clock) -> None:
            backend = self.make(lent(clock, data=tmp_path))
            await backend.open()
            call = Call(backend, self.request(self.answering()), clock)
            await call.until(Answered)
            await backend.close()
            await clock.sleep(1)
            assert len(call.ends) == 1

        self.run(main)

    def test_a_text_leg_plays_in_time(self, tmp_path: Path) -> None:
        """Each prompt is told when it begins, the whole when it is over; an empty one is over at once."""

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            leg, events = await self._answered(backend, clock)
            leg.play([Prompt((Break(1.0),)), Prompt((Break(0.5),))], listening=False)
            assert not events, "reported from within play"
            await clock.sleep(3)
            began = [event.at for event in events if isinstance(event, PromptBegan)]
            (played,) = (event for event in events if isinstance(event, Played))
            assert began[1] - began[0] == pytest.approx(1.0, abs=0.1)
            assert played.at - began[1] == pytest.approx(0.5, abs=0.1)
            assert played.cut is None
            events.clear()
            leg.play([], listening=False)
            await clock.sleep(0.1)
            assert [type(event) for event in events if isinstance(event, PromptBegan | Played)] == [Played]

        self.run_opened(tmp_path, test)

    def test_a_text_leg_falls_silent_at_once(self, tmp_path: Path) -> None:
        """`stop` says within which prompt; when nothing plays it says nothing."""

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            leg, events = await self._answered(backend, clock)
            leg.play([Prompt((Break(1.0),)), Prompt((Break(5.0),))], listening=False)
            await clock.sleep(2)
            leg.stop()
            await clock.sleep(10)
            leg.stop()
            await clock.sleep(1)
            assert [event.cut for event in events if isinstance(event, Played)] == [1]

        self.run_opened(tmp_path, test)

    def test_a_text_leg_tells_the_marks_that_are_passed(self, tmp_path: Path) -> None:
        """Each when what stands before it has been heard, after the beginning, before the end; those behind never."""

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            leg, events = await self._answered(backend, clock)
            prompts = [Prompt((Mark("a"), Break(1.0), Mark("b"))), Prompt((Break(5.0), Mark("c")))]
            leg.play(prompts, listening=False)
            assert not events, "reported from within play"
            await clock.sleep(3)
            leg.stop()
            await clock.sleep(10)
            playing = [event for event in events if isinstance(event, PromptBegan | MarkReached | Played)]
            assert [type(event) for event in playing] == [PromptBegan, MarkReached, MarkReached, PromptBegan, Played]
            passed = [event for event in playing if isinstance(event, MarkReached)]
            assert [mark.name for mark in passed] == ["a", "b"]
            assert passed[1].at - passed[0].at == pytest.approx(1.0, abs=0.1)

        self.run_opened(tmp_path, test)

    async def _answered(
        self, backend: TelephonyBackend, clock: Clock, destination: str | None = None
    ) -> tuple[TextLeg, list[LegEvent]]:
        """An answered text leg, with what it reports from now on."""
        call = Call(backend, self.request(destination or self.answering()), clock)
        await call.until(Answered)
        if not isinstance(call.leg, TextLeg):
            pytest.skip("not a text leg")
        await clock.sleep(5)
        call.events.clear()
        return call.leg, call.events


def cause_of(events: list[LegEvent]) -> Cause:
    """Why the leg that reported these ended."""
    (end,) = (event for event in events if isinstance(event, HungUp))
    return end.cause

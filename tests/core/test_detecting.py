import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from mirabelle.core.detecting import Detecting
from mirabelle.core.interfaces.detection import CalleeDetector, Detection, Verdict
from mirabelle.core.interfaces.telephony import (
    Answered,
    Cause,
    EndedBy,
    HungUp,
    LegEvent,
    Pressed,
    Ringing,
    Tone,
    ToneHeard,
)
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import CalleeType, EventKind

VOICE, FAX, UNKNOWN = (Verdict(kind) for kind in (CalleeType.VOICE, CalleeType.FAXMACHINE, CalleeType.UNKNOWN))
END = HungUp(9.0, Cause(EndedBy.CALLEE))


class Scripted(Detection):
    """Decides on a key, at an instant after the answer, or in the end."""

    def __init__(self, on_key: Verdict | None, after: float | None, in_the_end: Verdict) -> None:
        self.on_key, self.after, self.in_the_end = on_key, after, in_the_end
        self.answered_at: float | None = None
        self.fed: list[LegEvent] = []
        self.woken: list[float] = []

    def feed(self, event: LegEvent) -> Verdict | None:
        self.fed.append(event)
        if isinstance(event, Answered):
            self.answered_at = event.at
        return self.on_key if isinstance(event, Pressed) else None

    @property
    def wakes_at(self) -> float | None:
        if self.after is None or self.answered_at is None or self.woken:
            return None
        return self.answered_at + self.after

    def wake(self, at: float) -> Verdict | None:
        self.woken.append(at)
        return self.in_the_end

    def give_up(self) -> Verdict:
        return self.in_the_end


def detector(detection: Detection, called: str = "test") -> CalleeDetector:
    class Offered(CalleeDetector):
        name = called

        def start(self) -> Detection:
            return detection

    return Offered(None, lent())


class Detected:
    def __init__(self, clock: VirtualClock, *detectors: CalleeDetector, listens: bool = True) -> None:
        self.verdicts: list[Verdict] = []
        self.told: list[tuple[EventKind, Mapping[str, object]]] = []
        self.detecting = Detecting(detectors, clock, self.tell, self.verdicts.append, listens)

    def tell(self, kind: EventKind, data: Mapping[str, object], at: float | None = None) -> None:
        self.told.append((kind, data))

    def hear(self, *events: LegEvent) -> None:
        for event in events:
            self.detecting.hear(event)


def run(test: Callable[[VirtualClock], Any]) -> None:
    async def main(clock: VirtualClock) -> None:
        await test(clock)

    virtual_time.run(main)


def test_the_first_verdict_counts_and_nobody_is_asked_after_it() -> None:
    async def test(clock: VirtualClock) -> None:
        slow, quick = Scripted(VOICE, None, VOICE), Scripted(None, 2.0, FAX)
        detected = Detected(clock, detector(slow, "slow"), detector(quick, "quick"))
        before = detected.detecting.callee_type
        detected.hear(Ringing(0), Answered(0))
        await clock.sleep(3)
        detected.hear(Pressed(3, "1"), END)
        assert detected.verdicts == [FAX]
        assert [before, detected.detecting.callee_type] == [CalleeType.PROCESSING, CalleeType.FAXMACHINE]
        assert detected.detecting.give_up() == FAX
        assert quick.woken == [2.0]
        assert slow.fed == [Ringing(0), Answered(0)]
        assert detected.told == [
            (EventKind.VERDICT, {"callee_type": CalleeType.FAXMACHINE, "detector": "quick", "evidence": {}})
        ]

    run(test)


def test_of_two_that_know_at_once_the_one_configured_first_counts() -> None:
    async def test(clock: VirtualClock) -> None:
        first, second = Scripted(VOICE, None, VOICE), Scripted(FAX, None, FAX)
        detected = Detected(clock, detector(first), detector(second, "other"))
        detected.hear(Answered(0), Pressed(1, "1"))
        assert detected.verdicts == [VOICE]
        assert second.fed == [Answered(0)]

    run(test)


def test_at_the_end_the_first_that_knows_anything_counts() -> None:
    async def test(clock: VirtualClock) -> None:
        ignorant, knowing = Scripted(None, 5.0, UNKNOWN), Scripted(None, None, VOICE)
        detected = Detected(clock, detector(ignorant), detector(knowing, "other"))
        detected.hear(Answered(0), END)
        assert detected.verdicts == [VOICE]
        await clock.sleep(10)
        assert ignorant.woken == []

    run(test)


def test_at_the_end_nobody_may_know() -> None:
    async def test(clock: VirtualClock) -> None:
        detected = Detected(clock, detector(Scripted(None, None, UNKNOWN)))
        detected.hear(Answered(0), END)
        assert detected.verdicts == [UNKNOWN]
        nobody = Detected(clock)
        nobody.hear(Answered(0), END)
        assert [verdict.callee_type for verdict in nobody.verdicts] == [CalleeType.UNKNOWN]

    run(test)


@pytest.mark.parametrize("where", ["feed", "give_up", "start", "wakes_at"])
def test_a_detector_that_fails_is_left_out_and_told(where: str) -> None:
    async def test(clock: VirtualClock) -> None:
        broken = Scripted(None, None, VOICE)

        class Failing(Scripted):
            @property
            def wakes_at(self) -> float | None:
                raise RuntimeError("out of order")

        def fail(*arguments: object) -> Any:
            raise RuntimeError("out of order")

        offered = detector(Failing(None, None, VOICE) if where == "wakes_at" else broken, "broken")
        if where == "start":
            offered.start = fail  # type: ignore[method-assign]
        elif where != "wakes_at":
            setattr(broken, where, fail)
        detected = Detected(clock, offered, detector(Scripted(None, None, FAX), "sound"))
        detected.hear(Answered(0), END)
        assert detected.verdicts == [FAX]
        problems = [data for kind, data in detected.told if kind is EventKind.PLATFORM]
        assert problems == [{"problem": "detector broken failed", "error": "RuntimeError: out of order"}]

    run(test)


def test_off_is_unknown_from_the_answer_on_and_reads_the_signalling_before_it() -> None:
    async def test(clock: VirtualClock) -> None:
        answered = Detected(clock, detector(Scripted(None, None, VOICE)), listens=False)
        answered.hear(Ringing(0), Answered(1))
        assert [verdict.callee_type for verdict in answered.verdicts] == [CalleeType.UNKNOWN]
        busy = Detected(clock, detector(Scripted(None, None, FAX)), listens=False)
        busy.hear(Ringing(0), END)
        assert busy.verdicts == [FAX]

    run(test)


def test_a_beep_is_noted_also_after_the_verdict() -> None:
    async def test(clock: VirtualClock) -> None:
        detected = Detected(clock, detector(Scripted(VOICE, None, VOICE)))
        detected.hear(Answered(0), Pressed(1, "1"))
        assert not detected.detecting.beeped.is_set()
        detected.hear(ToneHeard(2, Tone.BUSY))
        assert not detected.detecting.beeped.is_set()
        detected.hear(ToneHeard(2, Tone.BEEP))
        assert detected.detecting.beeped.is_set()

    run(test)


def test_closing_wakes_nobody() -> None:
    async def test(clock: VirtualClock) -> None:
        waiting = Scripted(None, 2.0, VOICE)
        detected = Detected(clock, detector(waiting))
        detected.hear(Answered(0))
        detected.detecting.close()
        await clock.sleep(10)
        assert waiting.woken == []
        assert detected.verdicts == []

    run(test)


def test_an_event_from_before_the_waking_that_is_delivered_with_it_comes_first() -> None:
    async def test(clock: VirtualClock) -> None:
        waiting = Scripted(VOICE, 2.0, UNKNOWN)
        detected = Detected(clock, detector(waiting))
        detected.hear(Answered(0))

        async def late_leg() -> None:
            await clock.sleep(2)
            asyncio.get_running_loop().call_soon(detected.detecting.hear, Pressed(1.9, "1"))

        leg = asyncio.ensure_future(late_leg())
        await clock.sleep(5)
        await leg
        assert detected.verdicts == [VOICE]
        assert waiting.woken == []

    run(test)

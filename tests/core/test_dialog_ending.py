"""The driver at the end: hang-ups from either side, final processing, errors, cancellation."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from mirabelle.core.dialog import Dialogue
from mirabelle.core.interfaces.telephony import Cause, EndedBy, HungUp, Pressed
from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.simulation.people import HangUp, Press
from mirabelle.core.talking.line import Line
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.collecting import collect, menu, pressed
from mirabelle.core.testing.talking import OK, START, Caller, Script, Scripted, Told, fetch_ok, said, slowly, talk
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import CallerHungUp, Done, Fetched, Notice, Reply
from mirabelle.vxml_interpreter.commands import (
    Breathe,
    Command,
    Disconnect,
    Ended,
    EndReason,
    Fetch,
    FetchRequest,
    Play,
)


def test_disconnect_hangs_up() -> None:
    def script() -> Script:
        yield Disconnect(), Fetch(FetchRequest("http://app/bye"))
        yield (Ended(EndReason.DISCONNECT),)

    talked = talk(script)
    assert talked.told.kinds() == ["disconnect", "fetch", "exit"]
    assert talked.line.ended is not None
    assert talked.line.ended.cause.by is EndedBy.PLATFORM


def test_what_a_disconnect_names_is_told_with_it() -> None:
    def script() -> Script:
        yield Disconnect({"answer": 42}), Ended(EndReason.DISCONNECT, {"answer": 42})

    told = talk(script).told
    assert told.of(EventKind.DISCONNECT) == [{"values": {"answer": 42}}]
    assert told.of(EventKind.EXIT)[0]["values"] == {"answer": 42}


def test_the_end_hangs_up() -> None:
    def script() -> Script:
        yield (Ended(EndReason.END),)

    talked = talk(script)
    assert talked.line.ended is not None
    assert talked.line.ended.cause.by is EndedBy.PLATFORM


def hung_up_then(*commands: Command) -> Callable[[], Script]:
    def script() -> Script:
        answer = yield (collect(menu("1"), prompts=[said("0123456789" * 10)]),)
        assert answer == CallerHungUp()
        for command in commands:
            yield (command,)
        yield (Ended(EndReason.HANGUP),)

    return script


def test_a_hang_up_closes_the_collection_and_the_script_may_still_fetch() -> None:
    talked = talk(hung_up_then(Fetch(FetchRequest("http://app/bye"))), [HangUp(at=2)])
    assert talked.ended == Ended(EndReason.HANGUP)
    assert talked.told.kinds() == ["prompt", "listen", "fetch", "exit"]
    assert talked.told.of(EventKind.PROMPT)[0]["cut"] is True
    assert talked.interpreter.notices == [CallerHungUp()]
    assert talked.took == 2


def test_after_a_hang_up_a_script_has_a_minute() -> None:
    two = hung_up_then(Fetch(FetchRequest("http://app/1")), Fetch(FetchRequest("http://app/2")))
    talked = talk(two, [HangUp(at=2)], fetch=slowly(45))
    assert talked.took == 62
    assert talked.ended.reason is EndReason.HANGUP
    assert "60 s" in str(talked.ended.error)
    assert talked.told.kinds()[-1] is EventKind.EXIT


def test_a_script_that_would_go_on_for_ever_after_a_hang_up_ends_too() -> None:
    def script() -> Script:
        yield (collect(menu("1")),)
        while True:
            yield (Breathe(),)

    # Virtual time passes only while everybody waits, so the script sleeps a little between its breaths.
    async def main(clock: VirtualClock) -> Ended:
        line = Line(clock)
        leg = SimulatedLeg(Caller([[HangUp()]]), clock, line.report)

        class Busy(Scripted):
            def handle(self, event: Reply | Notice) -> Sequence[Command]:
                return (Fetch(START),) if isinstance(event, CallerHungUp | Done | Fetched) else super().handle(event)

        async def fetch(request: FetchRequest) -> Fetched:
            await clock.sleep(0.5)
            return OK

        return await Dialogue(Busy(script()), leg, line, fetch, clock, Told(clock)).run(START)

    assert virtual_time.run(main).reason is EndReason.HANGUP


def test_a_hang_up_during_a_request_waits_for_it() -> None:
    def script() -> Script:
        answer = yield (collect(menu("1")),)
        answer = yield (Fetch(START),)
        assert answer == OK
        yield (Ended(EndReason.HANGUP),)

    talked = talk(script, [Press("1"), HangUp(at=3)], fetch=slowly(10))
    assert talked.interpreter.notices == [CallerHungUp()]
    assert talked.told.of(EventKind.FETCH)[0]["status"] == 200


def test_a_hang_up_after_the_answer_closes_what_comes_next() -> None:
    def script() -> Script:
        answer = yield (collect(menu("1"), prompts=[said("0123456789" * 10)]),)
        assert answer == pressed("1")
        answer = yield (Play((said("cut short"),)),)
        assert answer == CallerHungUp()
        yield (Ended(EndReason.HANGUP),)

    talked = talk(script, [Press("1", at=2), HangUp(at=2.3)])
    assert talked.ended == Ended(EndReason.HANGUP)
    assert [prompt["cut"] for prompt in talked.told.of(EventKind.PROMPT)] == [True, True]


def test_a_hang_up_in_the_very_instant_of_the_answer_closes_what_comes_next() -> None:
    def script() -> Script:
        answer = yield (collect(menu("1"), prompts=[said("0123456789" * 10)]),)
        assert answer == pressed("1")
        answer = yield (Play((said("never heard"),)),)
        assert answer == CallerHungUp()
        yield (Ended(EndReason.HANGUP),)

    async def meanwhile(clock: VirtualClock, line: Line, leg: SimulatedLeg) -> None:
        await clock.sleep(2)
        line.report(Pressed(2, "1"))
        leg.hang_up()

    talked = talk(script, meanwhile=meanwhile)
    assert talked.ended == Ended(EndReason.HANGUP)
    assert [prompt["text"] for prompt in talked.told.of(EventKind.PROMPT)] == ["0123456789" * 10]


def test_an_operator_hangs_up_like_a_caller() -> None:
    async def meanwhile(clock: VirtualClock, line: Line, leg: SimulatedLeg) -> None:
        await clock.sleep(1)
        leg.hang_up()

    talked = talk(hung_up_then(), meanwhile=meanwhile)
    assert talked.ended == Ended(EndReason.HANGUP)
    assert talked.took == 1


def test_a_leg_that_is_over_before_the_dialogue_begins() -> None:
    async def main(clock: VirtualClock) -> Ended:
        line = Line(clock)
        leg = SimulatedLeg(Caller([]), clock, line.report)
        leg.hang_up()
        await clock.sleep(1)
        dialogue = Dialogue(Scripted(hung_up_then()()), leg, line, fetch_ok, clock, Told(clock))
        return await dialogue.run(START)

    assert virtual_time.run(main) == Ended(EndReason.HANGUP)


def test_an_error_of_the_interpreter_ends_the_dialogue_in_order() -> None:
    def script() -> Script:
        yield (Play((said("0123456789"),)),)
        raise RuntimeError("a bug")

    talked = talk(script)
    assert talked.ended == Ended(EndReason.ERROR, error="internal error: RuntimeError: a bug")
    assert talked.told.kinds() == ["prompt", "platform", "exit"]
    (problem,) = talked.told.of(EventKind.PLATFORM)
    assert problem["error"] == "RuntimeError: a bug"
    assert 'raise RuntimeError("a bug")' in str(problem["traceback"])
    assert talked.line.ended is not None


def test_cancellation_hangs_up_and_stops_the_request() -> None:
    stopped = []

    async def main(clock: VirtualClock) -> HungUp | None:
        async def fetch(request: FetchRequest) -> Fetched:
            try:
                await clock.sleep(1000)
            finally:
                stopped.append(clock.monotonic())
            return OK

        def script() -> Script:
            yield (Fetch(START),)

        line = Line(clock)
        leg = SimulatedLeg(Caller([]), clock, line.report)
        running = asyncio.ensure_future(Dialogue(Scripted(script()), leg, line, fetch, clock, Told(clock)).run(START))
        await clock.sleep(5)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await clock.sleep(1)
        return line.ended

    assert virtual_time.run(main) == HungUp(5, Cause(EndedBy.PLATFORM, q850=16))
    assert stopped == [5]

import asyncio

from mirabelle.core.interfaces.telephony import Answered, Cause, EndedBy, HungUp, LegEvent, Pressed
from mirabelle.core.talking.line import Line
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.vxml_interpreter.answers import CallerHungUp, Notice, SessionChanged

GONE = HungUp(2, Cause(EndedBy.CALLEE, q850=16))


def test_events_and_notices_keep_their_order() -> None:
    async def main(clock: VirtualClock) -> list[LegEvent | Notice | None]:
        line = Line(clock)
        line.report(Answered(0))
        line.notify(SessionChanged("connection.callee_type", "voice"))
        line.report(Pressed(1, "1"))
        return [await line.next(), await line.next(), await line.next()]

    assert virtual_time.run(main) == [Answered(0), SessionChanged("connection.callee_type", "voice"), Pressed(1, "1")]


def test_the_reader_waits_for_what_comes_later() -> None:
    async def main(clock: VirtualClock) -> tuple[LegEvent | Notice | None, float]:
        line = Line(clock)

        async def far_end() -> None:
            await clock.sleep(3)
            line.report(Pressed(3, "5"))

        task = asyncio.create_task(far_end())
        event = await line.next(10)
        await task
        return event, clock.monotonic()

    assert virtual_time.run(main) == (Pressed(3, "5"), 3)


def test_none_when_the_instant_comes_first() -> None:
    async def main(clock: VirtualClock) -> tuple[LegEvent | Notice | None, float]:
        return await Line(clock).next(10), clock.monotonic()

    assert virtual_time.run(main) == (None, 10)


def test_an_instant_that_has_passed_does_not_wait() -> None:
    async def main(clock: VirtualClock) -> float:
        await clock.sleep(5)
        assert await Line(clock).next(1) is None
        return clock.monotonic()

    assert virtual_time.run(main) == 5


def test_what_happens_at_the_instant_itself_comes_before_none() -> None:
    async def main(clock: VirtualClock) -> LegEvent | Notice | None:
        line = Line(clock)

        async def far_end() -> None:
            await asyncio.sleep(0)
            await clock.sleep(10)
            line.report(Pressed(10, "5"))

        reader = asyncio.ensure_future(line.next(10))
        await far_end()
        return await reader

    assert virtual_time.run(main) == Pressed(10, "5")


def test_waiting_may_be_cancelled_without_loss() -> None:
    async def main(clock: VirtualClock) -> LegEvent | Notice | None:
        line = Line(clock)
        reader = asyncio.ensure_future(line.next(10))
        await asyncio.sleep(0)
        line.report(Pressed(0, "1"))
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)
        return await line.next(10)

    assert virtual_time.run(main) == Pressed(0, "1")


def test_ears_hear_first_until_they_leave() -> None:
    async def main(clock: VirtualClock) -> tuple[list[LegEvent], list[LegEvent | Notice | None]]:
        line, heard = Line(clock), list[LegEvent]()

        def ear(event: LegEvent) -> None:
            heard.append(event)
            line.notify(SessionChanged("connection.callee_type", "voice"))
            leave()

        leave = line.attend(ear)
        line.report(Answered(0))
        line.report(Pressed(1, "1"))
        leave()
        return heard, [await line.next(), await line.next(), await line.next()]

    heard, read = virtual_time.run(main)
    assert heard == [Answered(0)]
    assert read == [SessionChanged("connection.callee_type", "voice"), Answered(0), Pressed(1, "1")]


def test_a_line_knows_that_its_leg_is_over() -> None:
    async def main(clock: VirtualClock) -> tuple[HungUp | None, HungUp | None]:
        line = Line(clock)
        line.notify(CallerHungUp())
        before = line.ended
        line.report(GONE)
        return before, line.ended

    assert virtual_time.run(main) == (None, GONE)

"""How attempts end: hang-ups from both sides, and telephony that misbehaves."""

import asyncio

import pytest

from mirabelle.core.caller import Caller
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.telephony import (
    Answered,
    Cause,
    DialRequest,
    EndedBy,
    HungUp,
    Leg,
    Report,
    TelephonyBackend,
)
from mirabelle.core.outcome import AttemptEnd
from mirabelle.core.testing.attempts import ACCOUNT, START_URL, Attempts, World, claim, form
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import CalleeType, Claim, EventKind
from mirabelle.vxml_interpreter.answers import Fetched
from mirabelle.vxml_interpreter.commands import FetchRequest

WAITING = form("""
<catch event="connection.disconnect.hangup"><submit next="gone" namelist="x"/></catch>
<var name="x" expr="session.outbound.attempt"/>
<block><prompt>Please hold the line.<break time="500s"/></prompt></block>
<field name="key" type="digits"/>""")


def test_who_hangs_up_lets_the_script_finish_and_the_end_is_the_hang_up(attempts: Attempts) -> None:
    end, world = attempts.one(claim("loopback:voice?rings=0&stays=9"), WAITING)
    (_, first), (at, second) = world.requests
    assert (first.url, second.url, second.fields) == (START_URL, "http://app/gone", (("x", "1"),))
    assert at == 9
    assert (end.answered_at, end.ended_at) == (START, START + 9)
    assert end.cause == "hung up by the callee (Q.850 16)"


def test_the_end_does_not_wait_for_the_record_of_the_answer(attempts: Attempts) -> None:
    ends: list[AttemptEnd] = []

    async def main(world: World) -> None:
        outage: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        caller = Caller(world.services())
        ends.append(await caller.attempt(claim("loopback:voice?rings=0"), ACCOUNT, lambda at: outage))

    attempts.run(main)
    assert (ends[0].callee_type, ends[0].answered_at) == (CalleeType.VOICE, START)


def cancelled(attempts: Attempts, asked: Claim, after: float, start: Fetched | None = None) -> tuple[AttemptEnd, World]:
    ends: list[AttemptEnd] = []

    async def main(world: World) -> None:
        task = asyncio.ensure_future(world.attempt(asked))
        await world.clock.sleep(after)
        task.cancel()
        ends.append(await task)

    world = attempts.run(main, start)
    return ends[0], world


def test_cancelling_while_it_rings_gives_up(attempts: Attempts) -> None:
    end, world = cancelled(attempts, claim("+16175550105"), after=10)
    assert (end.callee_type, end.answered_at, end.ended_at) == (CalleeType.UNKNOWN, None, START + 10)
    assert "hung up before the answer" in end.cause
    assert world.answered == []


def test_cancelling_while_it_talks_tells_the_script(attempts: Attempts) -> None:
    end, world = cancelled(attempts, claim("loopback:voice?rings=0"), after=20, start=WAITING)
    assert world.urls == [START_URL, "http://app/gone"]
    assert (end.callee_type, end.ended_at) == (CalleeType.VOICE, START + 20)
    assert [data["by"] for data in world.of(EventKind.HUNG_UP)] == ["platform"]


def test_a_script_that_does_not_end_when_it_is_told_is_left(attempts: Attempts) -> None:
    ends: list[tuple[float, AttemptEnd]] = []

    async def main(world: World) -> None:
        async def fetch(request: FetchRequest) -> Fetched:
            await world.clock.sleep(0.1 if request.url == START_URL else 50)
            return WAITING

        task = asyncio.ensure_future(
            world.attempt(claim("loopback:voice?rings=0"), fetch=lambda call, recordings: fetch)
        )
        await world.clock.sleep(20)
        task.cancel()
        end = await task
        ends.append((world.clock.monotonic(), end))

    attempts.run(main)
    ((at, end),) = ends
    assert at == 23
    assert end.ended_at == START + 20
    assert "did not end" in end.cause


class Mute(Leg):
    """Answers, and never ends of itself."""

    def __init__(self, report: Report, clock: Clock, ends: bool) -> None:
        self.report, self.clock, self.ends, self.hung_up = report, clock, ends, 0
        asyncio.get_running_loop().call_soon(report, Answered(clock.monotonic()))

    def send_digits(self, digits: str) -> None:
        pass

    def hang_up(self) -> None:
        self.hung_up += 1
        if self.ends and self.hung_up == 1:
            event = HungUp(self.clock.monotonic(), Cause(EndedBy.PLATFORM))
            asyncio.get_running_loop().call_soon(self.report, event)


class MuteTelephony(TelephonyBackend):
    name = "mute"
    schemes = frozenset({"mute"})

    def __init__(self, clock: Clock, ends: bool) -> None:
        super().__init__(None, lent(clock))
        self.clock, self.ends = clock, ends

    def dial(self, request: DialRequest, report: Report) -> Leg:
        return Mute(report, self.clock, self.ends)


@pytest.mark.parametrize("ends", [True, False])
def test_a_leg_of_sound_is_hung_up_and_one_that_does_not_end_is_left(attempts: Attempts, ends: bool) -> None:
    async def main(world: World) -> None:
        backend = MuteTelephony(world.clock, ends)
        end = await world.attempt(claim("mute:1"), choose_backend=lambda call: backend)
        assert "legs of sound" in end.cause
        assert end.answered_at == START
        assert world.clock.monotonic() == (0 if ends else 1)
        assert ("mute does not end a leg" in str(world.of(EventKind.PLATFORM))) is not ends

    attempts.run(main)


def test_a_backend_that_raises_leaves_nothing_behind(attempts: Attempts) -> None:
    class Broken(MuteTelephony):
        def dial(self, request: DialRequest, report: Report) -> Leg:
            raise RuntimeError("no trunk")

    async def main(world: World) -> None:
        backend = Broken(world.clock, ends=True)
        with pytest.raises(RuntimeError, match="no trunk"):
            await world.attempt(claim("mute:1"), choose_backend=lambda call: backend)

    attempts.run(main)

"""The mark that stands on the disk before the telephone rings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mirabelle.core.testing.exchange import BUSY, VOICE, Callee
from mirabelle.core.testing.scheduling_policy import POSTED
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import (
    CalleeType,
    Outcome,
)

if TYPE_CHECKING:
    from tests.core.dispatching.conftest import InWorld, World


def test_nothing_is_dialled_when_the_mark_took_longer_than_the_window(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue(replace(POSTED, max_retries=3, expires_at=START + 5))
        world.storage.takes = {"dial_many": 6.0}
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(30)
        assert world.exchange.dials == []
        result = await world.result(call_id)
        assert (result.outcome, result.callee_type) == (Outcome.FAILED, CalleeType.LINEFAILURE)
        assert "window closed" in (await world.storage.attempts(call_id))[0].cause
        await dispatcher.stop()

    in_world(test)


def test_nothing_is_dialled_when_the_mark_took_longer_than_the_lease(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue(replace(POSTED, max_retries=1, retry_interval=60))
        world.storage.takes = {"dial_many": 31.0}
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(32)
        assert world.exchange.dials == []
        world.storage.takes = {}
        await world.clock.sleep(200)
        assert (await world.result(call_id)).callee_type is CalleeType.VOICE
        assert world.exchange.doubles == []
        await dispatcher.stop()

    in_world(test)


def test_without_the_durable_mark_a_crash_dials_a_call_twice(in_world: InWorld) -> None:
    """The switch of the crash test: it must break the promise, or the test would prove nothing."""

    async def crash(world: World, durable: bool) -> int:
        (call_id,) = await world.queue()
        first = world.dispatcher(owner="first", durable_dialling=durable)
        first.start()
        await world.clock.sleep(5)
        for loop in first._loops:
            loop.cancel()
        for run in first._running:
            run.lost = True
        await world.clock.sleep(60)
        second = world.dispatcher(owner="second")
        second.start()
        await world.clock.sleep(5000)
        await second.stop()
        return len(world.exchange.dials_of(call_id))

    async def test(world: World) -> None:
        assert await crash(world, durable=True) == 1
        assert await crash(world, durable=False) == 2

    in_world(test, lambda claim: Callee(talks=3000.0))


def test_with_the_late_mark_calls_end_as_ever(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue(replace(POSTED, max_retries=1))
        dispatcher = world.dispatcher(durable_dialling=False)
        dispatcher.start()
        await world.clock.sleep(1000)
        assert (await world.result(call_id)).attempts == 2
        attempts = await world.storage.attempts(call_id)
        assert [(attempt.callee_type, attempt.answered_at) for attempt in attempts] == [
            (CalleeType.BUSY, None),
            (CalleeType.VOICE, START + 603),
        ]
        await dispatcher.stop()

    in_world(test, lambda claim: BUSY if claim.call.attempts == 1 else VOICE)

"""What a storage that fails for a while may not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mirabelle.core.dispatching.options import DispatchOptions
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import (
    CalleeType,
    CallState,
    Outcome,
)

if TYPE_CHECKING:
    from tests.core.dispatching.conftest import InWorld, World


def test_a_call_that_ends_while_the_storage_fails_is_written_afterwards(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        world.storage.fails = {"finish_many"}
        await world.clock.sleep(100)
        assert (await world.storage.call(call_id)).state is CallState.ANSWERED
        world.storage.fails = set()
        await world.clock.sleep(10)
        result = await world.result(call_id)
        assert (result.callee_type, result.duration) == (CalleeType.VOICE, 10)
        assert world.storage.asked.count("finish_many") < 40
        assert len(world.exchange.dials) == 1
        await dispatcher.stop()

    in_world(test)


def test_an_answer_is_recorded_before_the_end(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        world.storage.fails = {"answered"}
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(20)
        world.storage.fails = set()
        await world.clock.sleep(20)
        (attempt,) = await world.storage.attempts(call_id)
        assert attempt.answered_at == START + 2
        await dispatcher.stop()

    in_world(test)


@pytest.mark.parametrize("method", ["claim", "running", "next_due", "expire", "renew_many", "lapsed", "dial_many"])
def test_a_storage_that_fails_for_a_while_stops_nothing(in_world: InWorld, method: str) -> None:
    async def test(world: World) -> None:
        world.storage.fails = {method}
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher(DispatchOptions(poll=1.0))
        dispatcher.start()
        await world.clock.sleep(20)
        world.storage.fails = set()
        await world.clock.sleep(100)
        assert (await world.result(call_id)).outcome is Outcome.COMPLETED
        assert len(world.exchange.dials) == 1
        assert len(world.problems()) <= 1
        await dispatcher.stop()

    in_world(test)


def test_stopping_ends_although_the_storage_fails(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        world.storage.fails = {"all"}
        await dispatcher.stop(30)
        assert world.clock.now() <= START + 70
        assert any("will count as interrupted" in text for text in world.problems())

    in_world(test)

"""How a dispatcher stops, and how it stops calls, whatever they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirabelle.core.dispatching.options import DispatchOptions
from mirabelle.core.testing.exchange import Callee
from mirabelle.core.testing.scheduling_policy import POSTED
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import (
    CalleeType,
    CallState,
    Outcome,
)

if TYPE_CHECKING:
    from tests.core.dispatching.conftest import InWorld, World


def test_stopping_lets_calls_end_and_claims_no_more(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.queue(POSTED, POSTED)
        dispatcher = world.dispatcher(DispatchOptions(channels=1, poll=3600.0))
        dispatcher.start()
        await world.clock.sleep(5)
        await dispatcher.stop()
        assert world.clock.now() == START + 12
        assert await world.states() == {CallState.QUEUED: 1, CallState.FINISHED: 1}
        assert not world.exchange.dials[0].hung_up

    in_world(test)


def test_stopping_hangs_up_what_lasts_longer(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        await dispatcher.stop(30)
        assert world.clock.now() == START + 35
        result = await world.result(call_id)
        assert (result.outcome, result.duration, result.reason) == (Outcome.COMPLETED, 33, "the platform stops")
        assert len(await world.storage.deliveries()) == 1

    in_world(test, lambda claim: Callee(talks=500.0))


def test_a_call_that_does_not_end_when_it_is_hung_up_is_given_up(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        await dispatcher.stop(10)
        assert world.clock.now() <= START + 40
        assert (await world.result(call_id)).callee_type is CalleeType.UNKNOWN
        assert "a call did not end when it was hung up" in world.problems()

    in_world(test, lambda claim: Callee(talks=500.0, deaf=True))


def test_a_call_that_goes_on_for_ever_is_hung_up(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher(DispatchOptions(poll=3600.0, longest_attempt=600.0))
        dispatcher.start()
        await world.clock.sleep(599)
        assert await world.states() == {CallState.ANSWERED: 1}
        await world.clock.sleep(2)
        result = await world.result(call_id)
        assert result.outcome is Outcome.COMPLETED
        assert "longest duration of 600 s" in result.reason
        assert world.exchange.dials[0].hung_up
        await dispatcher.stop()

    in_world(test, lambda claim: Callee(talks=1e9))

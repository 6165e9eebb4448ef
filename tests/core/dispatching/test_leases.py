"""Whose a call is: leases that are renewed, that ran out, and that another node took."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mirabelle.core.dispatching.options import DispatchOptions
from mirabelle.core.testing.exchange import Callee
from mirabelle.core.testing.scheduling_policy import POSTED
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import (
    AttemptState,
    CalleeType,
    CallState,
    Claim,
    EventKind,
    Outcome,
    Room,
)

if TYPE_CHECKING:
    from tests.core.dispatching.conftest import InWorld, World


def test_leases_are_renewed_while_a_call_lasts(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.queue()
        first, second = world.dispatcher(owner="first"), world.dispatcher(owner="second")
        first.start()
        second.start()
        await world.clock.sleep(4000)
        assert len(world.exchange.dials) == 1
        assert world.told(EventKind.INTERRUPTED) == []
        await first.stop()
        await second.stop()

    in_world(test, lambda claim: Callee(talks=3000.0))


async def orphan(world: World, account: str, answered: bool) -> int:
    """A call in the middle of an attempt whose node is gone."""
    now = world.clock.now()
    (call_id,) = await world.queue(replace(POSTED, account=account, max_retries=1))
    claims = await world.storage.claim(now, "gone", now + 30, Room(), 1)
    (claim,) = await world.storage.dial_many(claims, now)
    assert isinstance(claim, Claim)
    if answered:
        await world.storage.answered(claim, now)
    return call_id


@pytest.mark.parametrize(("answered", "outcome"), [(True, Outcome.COMPLETED), (False, Outcome.FAILED)])
def test_an_attempt_that_a_crash_interrupted_is_not_dialled_again(
    in_world: InWorld, answered: bool, outcome: Outcome
) -> None:
    async def test(world: World) -> None:
        call_id = await orphan(world, "acme", answered)
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(3600)
        assert world.exchange.dials == []
        result = await world.result(call_id)
        assert (result.outcome, result.callee_type, result.attempts) == (outcome, CalleeType.UNKNOWN, 1)
        assert result.duration == 0
        assert len(await world.storage.deliveries()) == 1
        (attempt,) = await world.storage.attempts(call_id)
        assert attempt.state is AttemptState.INTERRUPTED
        assert len(world.told(EventKind.INTERRUPTED)) == 1
        await dispatcher.stop()

    in_world(test)


def test_an_interrupted_attempt_is_repeated_when_the_account_says_so(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        call_id = await orphan(world, "again", answered=True)
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(3600)
        (dial,) = world.exchange.dials
        assert dial.attempt == 2
        assert 600 <= dial.at - START - 30 <= 611
        assert (await world.result(call_id)).callee_type is CalleeType.VOICE
        await dispatcher.stop()

    in_world(test)


def test_a_call_that_was_merely_claimed_when_its_node_died_is_dialled(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.queue()
        await world.storage.claim(START, "gone", START + 30, Room(), 1)
        dispatcher = world.dispatcher(DispatchOptions(poll=1.0))
        dispatcher.start()
        await world.clock.sleep(60)
        assert len(world.exchange.dials) == 1
        assert 30 <= world.exchange.dials[0].at - START <= 42
        await dispatcher.stop()

    in_world(test)


def test_a_node_that_has_lost_its_call_hangs_up_and_writes_nothing(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        (stolen,) = await world.storage.lapsed(START + 1000, "thief", START + 2000, 1)
        await world.clock.sleep(30)
        (dial,) = world.exchange.dials
        assert dial.hung_up
        assert dial.ended_at is not None
        assert dial.ended_at - START <= 11
        call = await world.storage.call(call_id)
        assert call.state is CallState.ANSWERED
        assert await world.storage.deliveries() == []
        assert await world.storage.renew_many([stolen], START + 3000) == [None]
        assert dispatcher.running == 0
        assert "another node has taken the call over" in world.problems()[0]
        await dispatcher.stop()

    in_world(test, lambda claim: Callee(talks=500.0))


def test_a_lease_that_cannot_be_renewed_ends_the_leg_before_another_node_may_dial(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        world.storage.fails = {"all"}
        await world.clock.sleep(60)
        (dial,) = world.exchange.dials
        assert dial.hung_up
        assert dial.ended_at is not None
        assert dial.ended_at - START <= 33
        world.storage.fails = set()
        await world.clock.sleep(60)
        result = await world.result(call_id)
        assert (result.outcome, result.reason) == (Outcome.COMPLETED, "its lease could not be renewed in time")
        assert "the queue storage fails: renewing leases" in world.problems()
        assert len(world.problems()) == len(set(world.problems()))
        assert len([event for event in world.events if "recovered" in event.data]) == len(world.problems())
        await dispatcher.stop()

    in_world(test, lambda claim: Callee(talks=500.0))


def test_a_call_is_not_dialled_again_while_its_leg_may_live(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.queue(replace(POSTED, account="again", max_retries=3, retry_interval=60))
        dispatcher = world.dispatcher(DispatchOptions(poll=1.0))
        dispatcher.start()
        await world.clock.sleep(5)
        world.storage.fails = {"renew_many"}
        await world.clock.sleep(100)
        world.storage.fails = set()
        await world.clock.sleep(1000)
        assert world.exchange.doubles == []
        assert len(world.exchange.dials) >= 2
        await dispatcher.stop()

    in_world(test, lambda claim: Callee(rings=400, talks=None, deaf=True, callee_type=CalleeType.NOANSWER))

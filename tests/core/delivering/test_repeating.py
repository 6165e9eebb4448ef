"""What is tried again, when, and what becomes a dead letter."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from mirabelle.core.interfaces.delivery import TryAgain, Undeliverable
from mirabelle.core.types import (
    Delivery,
    DeliveryState,
    EventKind,
)

if TYPE_CHECKING:
    from tests.core.delivering.conftest import InWorld, World


def failing(delivery: Delivery) -> Exception:
    return TryAgain("HTTP 500")


DELAYS = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]


def test_failures_are_repeated_by_the_schedule_until_it_is_a_dead_letter(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        world.carrier.answer = failing
        await world.results()
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(10 * 86400)
        times = world.carrier.times()
        assert [round(later - earlier) for earlier, later in pairwise(times)] == DELAYS
        assert len({(posted.delivery.id, posted.delivery.body) for posted in world.carrier.posted}) == 1
        delivery = await world.only()
        assert (delivery.state, delivery.tries, delivery.last_error) == (DeliveryState.DEAD, 10, "HTTP 500")
        assert len(world.told(EventKind.DELIVERY_FAILED)) == 9
        assert world.told(EventKind.DELIVERY_DEAD)[0].data["reason"] == "HTTP 500"
        await deliverer.stop()

    in_world(test)


def test_a_dead_letter_that_is_resent_begins_anew(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        world.carrier.answer = lambda delivery: Undeliverable("no such place")
        await world.results()
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(10)
        assert (await world.only()).state is DeliveryState.DEAD
        world.carrier.answer = failing
        await world.storage.resend_delivery("msg_1", world.clock.now())
        deliverer.wake()
        await world.clock.sleep(3)
        world.carrier.answer = lambda delivery: None
        await world.clock.sleep(10)
        delivery = await world.only()
        assert (delivery.state, delivery.tries) == (DeliveryState.DELIVERED, 2)
        await deliverer.stop()

    in_world(test)


def test_the_receiver_may_ask_to_wait(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        world.carrier.answer = lambda delivery: TryAgain("HTTP 429", after=77.0) if delivery.tries == 0 else None
        await world.results()
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(100)
        assert world.carrier.times() == [0.0, 77.0]
        await deliverer.stop()

    in_world(test)


@pytest.mark.parametrize("error", [RuntimeError("bug"), TimeoutError(), KeyError("x")])
def test_a_plugin_that_fails_otherwise_is_tried_again(in_world: InWorld, error: Exception) -> None:
    async def test(world: World) -> None:
        world.carrier.answer = lambda delivery: error if delivery.tries == 0 else None
        await world.results()
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(10)
        assert len(world.carrier.posted) == 2
        assert (await world.only()).state is DeliveryState.DELIVERED
        await deliverer.stop()

    in_world(test)


def test_a_scheme_that_nobody_serves_is_a_dead_letter_that_says_so(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.results(url="carrier-pigeon://home")
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(1)
        delivery = await world.only()
        assert (delivery.state, delivery.last_error) == (
            DeliveryState.DEAD,
            "no plugin delivers to 'carrier-pigeon' URLs",
        )
        await deliverer.stop()

    in_world(test)


@pytest.mark.parametrize("method", ["claim_deliveries", "delivered", "postpone_delivery"])
def test_a_storage_that_fails_for_a_while_loses_nothing(in_world: InWorld, method: str) -> None:
    async def test(world: World) -> None:
        world.carrier.answer = lambda delivery: TryAgain("HTTP 500") if delivery.tries == 0 else None
        world.storage.fails = frozenset({method})
        await world.results(20)
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(60)
        world.storage.fails = frozenset()
        await world.clock.sleep(600)
        assert await world.count(DeliveryState.DELIVERED) == 20
        assert len([event for event in world.events if "problem" in event.data]) == 1
        await deliverer.stop()

    in_world(test)

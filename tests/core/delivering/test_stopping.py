"""How a deliverer stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import (
    DeliveryState,
)

if TYPE_CHECKING:
    from tests.core.delivering.conftest import InWorld, World


def test_stopping_delivers_what_is_due(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        world.carrier.takes["http://app.example/r"] = 2.0
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(1)
        await world.results(300)
        await deliverer.stop(100)
        assert await world.count(DeliveryState.DELIVERED) >= 100
        assert world.carrier.at_once == 0

    in_world(test)


def test_stopping_does_not_wait_for_a_receiver_that_hangs(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        world.carrier.takes["http://app.example/r"] = 1000.0
        await world.results(3)
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(1)
        await deliverer.stop(10)
        assert world.clock.now() == START + 11
        assert await world.count(DeliveryState.PENDING) == 3
        await world.clock.sleep(200)
        world.carrier.takes.clear()
        again = world.deliverer()
        again.start()
        await world.clock.sleep(1)
        assert await world.count(DeliveryState.DELIVERED) == 3
        await again.stop()

    in_world(test)


def test_it_can_be_stopped_before_it_started(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.deliverer().stop()

    in_world(test)

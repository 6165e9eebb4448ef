"""Many results, slow receivers, several nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirabelle.core.delivering.options import DelivererOptions
from mirabelle.core.interfaces.delivery import TryAgain
from mirabelle.core.types import (
    Delivery,
    DeliveryState,
)

if TYPE_CHECKING:
    from tests.core.delivering.conftest import InWorld, World


def failing(delivery: Delivery) -> Exception:
    return TryAgain("HTTP 500")


def test_a_dead_receiver_does_not_hold_up_the_others(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        dead, living = "http://dead.example/", "http://living.example/"
        world.carrier.takes[dead] = 30.0
        world.carrier.answer = lambda delivery: TryAgain("time-out") if delivery.url == dead else None
        await world.results(3000, dead)
        deliverer = world.deliverer(DelivererOptions(at_once=32, in_hand=500))
        deliverer.start()
        late = 0.0
        for _ in range(20):
            await world.clock.sleep(10)
            came = world.clock.now()
            names = await world.results(5, living)
            deliverer.wake()
            await world.clock.sleep(5)
            posted = {post.delivery.id: post.at for post in world.carrier.posted}
            late = max([late, *(posted.get(name, came + 99) - came for name in names)])
        assert late <= 2
        await deliverer.stop(0)

    in_world(test)


def test_a_receiver_that_comes_back_gets_everything(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        world.carrier.answer = failing
        await world.results(300)
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(200)
        world.carrier.answer = lambda delivery: None
        await world.clock.sleep(3600)
        assert await world.count(DeliveryState.DELIVERED) == 300
        await deliverer.stop()

    in_world(test)


def test_a_burst_for_one_host_does_not_wait_for_leases(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        world.carrier.takes["http://app.example/r"] = 0.02
        await world.results(5000)
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(8)
        assert await world.count(DeliveryState.DELIVERED) > 4000
        assert world.carrier.most_at_once == DelivererOptions().per_host
        await world.clock.sleep(100)
        assert await world.count(DeliveryState.DELIVERED) == 5000
        assert len(world.carrier.posted) == 5000
        await deliverer.stop()

    in_world(test)


def test_two_nodes_post_each_result_once(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        world.carrier.takes["http://app.example/r"] = 1.0
        await world.results(500)
        nodes = [world.deliverer(DelivererOptions(poll=1.0)) for _ in range(2)]
        for node in nodes:
            node.start()
        await world.clock.sleep(400)
        assert await world.count(DeliveryState.DELIVERED) == 500
        assert len(world.carrier.posted) == 500
        for node in nodes:
            await node.stop()

    in_world(test)

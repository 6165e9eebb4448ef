from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mirabelle.core.delivering.options import DelivererOptions
from mirabelle.core.interfaces.delivery import TryAgain, Undeliverable
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import (
    AccountSecrets,
    DeliveryState,
    EventKind,
)

if TYPE_CHECKING:
    from tests.core.delivering.conftest import InWorld, World


def test_a_result_is_posted_at_once_and_only_once(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(5)
        await world.results()
        deliverer.wake()
        await world.clock.sleep(1000)
        (posted,) = world.carrier.posted
        assert posted.at == START + 5
        assert posted.recipient.account.time_zone == "Asia/Tokyo"
        assert posted.recipient.secrets == AccountSecrets("x", "whsec_abcd")
        assert (await world.only()).state is DeliveryState.DELIVERED
        (event,) = world.told(EventKind.DELIVERED)
        assert event.data == {"delivery": "msg_1", "host": "app.example", "tries": 1}
        await deliverer.stop()

    in_world(test)


def test_what_another_process_put_there_is_found_by_the_poll(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        deliverer = world.deliverer(DelivererOptions(poll=1.0))
        deliverer.start()
        await world.clock.sleep(10.5)
        await world.results()
        await world.clock.sleep(1)
        assert len(world.carrier.posted) == 1
        await deliverer.stop()

    in_world(test)


@pytest.mark.parametrize("failure", [TryAgain, Undeliverable])
def test_reasons_that_are_no_unicode_can_be_stored(
    in_world: InWorld, failure: type[TryAgain] | type[Undeliverable]
) -> None:
    async def test(world: World) -> None:
        world.carrier.answer = lambda delivery: failure("half \ud800 a pair")
        await world.results()
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(3)
        assert (await world.only()).last_error == "half ? a pair"
        await deliverer.stop()

    in_world(test)


def test_events_name_the_host_and_no_more_of_the_url(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.results(url="http://user:hunter2@app.example:81/r?token=abc")
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(1)
        assert world.told(EventKind.DELIVERED)[0].data["host"] == "app.example:81"
        assert "hunter2" not in repr(world.events)
        assert "abc" not in repr(world.events)
        await deliverer.stop()

    in_world(test)


def test_idle_costs_nearly_nothing(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        deliverer = world.deliverer(DelivererOptions(poll=1.0))
        deliverer.start()
        await world.clock.sleep(100)
        assert world.storage.asked <= 110
        await deliverer.stop()

    in_world(test)

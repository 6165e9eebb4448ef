from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from mirabelle.core.deliverer import Deliverer, Post
from mirabelle.core.delivering.options import DelivererOptions
from mirabelle.core.interfaces.component import NoOptions, StorageFailed
from mirabelle.core.interfaces.delivery import Recipient, ResultDelivery, TryAgain, Undeliverable
from mirabelle.core.interfaces.queue import Finish, NewCall
from mirabelle.core.outcome import result
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.scheduling_policy import REQUEST
from mirabelle.core.testing.virtual_time import START, VirtualClock
from mirabelle.core.types import (
    Account,
    AccountSecrets,
    CalleeType,
    Delivery,
    DeliveryState,
    Due,
    Event,
    EventKind,
    Room,
)
from mirabelle.plugins.queue_memory import MemoryDirectory, MemoryQueue

OPTIONS = DelivererOptions(poll=3600.0)
DELAYS = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]


class Unreliable(MemoryQueue):
    fails: frozenset[str] = frozenset()
    asked: int = 0

    async def claim_deliveries(self, now: float, lease_until: float, limit: int) -> list[Delivery]:
        self.asked += 1
        self._try("claim_deliveries")
        return await super().claim_deliveries(now, lease_until, limit)

    async def delivered(self, delivery_id: str, at: float) -> None:
        self._try("delivered")
        await super().delivered(delivery_id, at)

    async def postpone_delivery(self, delivery_id: str, due_at: float, error: str) -> None:
        self._try("postpone_delivery")
        await super().postpone_delivery(delivery_id, due_at, error)

    def _try(self, name: str) -> None:
        if name in self.fails:
            raise StorageFailed(f"{name}: disk full")


@dataclass
class Posted:
    delivery: Delivery
    at: float
    recipient: Recipient


class Carrier(ResultDelivery):
    """Answers by script and keeps what was posted. `takes` is the time of a try by host."""

    name = "carrier"
    schemes = frozenset({"http"})

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(NoOptions(), lent(clock))
        self.posted: list[Posted] = []
        self.answer: Callable[[Delivery], Exception | None] = lambda delivery: None
        self.takes: dict[str, float] = {}
        self.at_once = 0
        self.most_at_once = 0

    async def deliver(self, delivery: Delivery, recipient: Recipient) -> None:
        self.posted.append(Posted(delivery, self.lent.clock.now(), recipient))
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            await self.lent.clock.sleep(self.takes.get(delivery.url, 0.0))
        finally:
            self.at_once -= 1
        error = self.answer(delivery)
        if error is not None:
            raise error

    def times(self) -> list[float]:
        return [round(posted.at - START, 2) for posted in self.posted]


@dataclass
class World:
    clock: VirtualClock
    storage: Unreliable
    directory: MemoryDirectory
    carrier: Carrier
    events: list[Event] = field(default_factory=list)
    numbers: int = 0

    def deliverer(self, options: DelivererOptions = OPTIONS) -> Deliverer:
        carriers = {"http": self.carrier}
        return Deliverer(Post(self.storage, self.directory, carriers, self.clock, self.events.append), options)

    async def results(self, count: int = 1, url: str = "http://app.example/r") -> list[str]:
        """So many calls that have ended and whose results are in the outbox."""
        now = self.clock.now()
        await self.storage.add_many([NewCall(REQUEST, Due(now))] * count, now)
        claims = await self.storage.claim(now, "node", now + 60, Room(), count)
        finishes = []
        for claim in claims:
            self.numbers += 1
            delivery = Delivery(f"msg_{self.numbers}", claim.call.id, "acme", url, "x", b"a=b", now, now)
            ended = result(0, None, "expired")
            finishes.append(Finish(claim, now, CalleeType.NOATTEMPT, result=ended, deliveries=(delivery,)))
        await self.storage.finish_many(finishes)
        return [finish.deliveries[0].id for finish in finishes]

    async def only(self) -> Delivery:
        (delivery,) = await self.storage.deliveries()
        return delivery

    async def count(self, state: DeliveryState) -> int:
        return len(await self.storage.deliveries(state, limit=100_000))

    def told(self, kind: EventKind) -> list[Event]:
        return [event for event in self.events if event.kind is kind]


def in_world(test: Callable[[World], Coroutine[Any, Any, None]]) -> None:
    async def main(clock: VirtualClock) -> None:
        directory = MemoryDirectory(NoOptions(), lent(clock))
        await directory.add_account(Account("acme", time_zone="Asia/Tokyo"), AccountSecrets("x", "whsec_abcd"))
        await test(World(clock, Unreliable(NoOptions(), lent(clock)), directory, Carrier(clock)))

    virtual_time.run(main)


def failing(delivery: Delivery) -> Exception:
    return TryAgain("HTTP 500")


def test_a_result_is_posted_at_once_and_only_once() -> None:
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


def test_what_another_process_put_there_is_found_by_the_poll() -> None:
    async def test(world: World) -> None:
        deliverer = world.deliverer(DelivererOptions(poll=1.0))
        deliverer.start()
        await world.clock.sleep(10.5)
        await world.results()
        await world.clock.sleep(1)
        assert len(world.carrier.posted) == 1
        await deliverer.stop()

    in_world(test)


def test_failures_are_repeated_by_the_schedule_until_it_is_a_dead_letter() -> None:
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


@pytest.mark.parametrize("failure", [TryAgain, Undeliverable])
def test_reasons_that_are_no_unicode_can_be_stored(failure: type[TryAgain] | type[Undeliverable]) -> None:
    async def test(world: World) -> None:
        world.carrier.answer = lambda delivery: failure("half \ud800 a pair")
        await world.results()
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(3)
        assert (await world.only()).last_error == "half ? a pair"
        await deliverer.stop()

    in_world(test)


def test_a_dead_letter_that_is_resent_begins_anew() -> None:
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


def test_the_receiver_may_ask_to_wait() -> None:
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
def test_a_plugin_that_fails_otherwise_is_tried_again(error: Exception) -> None:
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


def test_a_scheme_that_nobody_serves_is_a_dead_letter_that_says_so() -> None:
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


def test_a_dead_receiver_does_not_hold_up_the_others() -> None:
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


def test_a_receiver_that_comes_back_gets_everything() -> None:
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


def test_a_burst_for_one_host_does_not_wait_for_leases() -> None:
    async def test(world: World) -> None:
        world.carrier.takes["http://app.example/r"] = 0.02
        await world.results(5000)
        deliverer = world.deliverer()
        deliverer.start()
        await world.clock.sleep(8)
        assert await world.count(DeliveryState.DELIVERED) > 4000
        assert world.carrier.most_at_once == OPTIONS.per_host
        await world.clock.sleep(100)
        assert await world.count(DeliveryState.DELIVERED) == 5000
        assert len(world.carrier.posted) == 5000
        await deliverer.stop()

    in_world(test)


def test_two_nodes_post_each_result_once() -> None:
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


@pytest.mark.parametrize("method", ["claim_deliveries", "delivered", "postpone_delivery"])
def test_a_storage_that_fails_for_a_while_loses_nothing(method: str) -> None:
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


def test_stopping_delivers_what_is_due() -> None:
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


def test_stopping_does_not_wait_for_a_receiver_that_hangs() -> None:
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


def test_it_can_be_stopped_before_it_started() -> None:
    async def test(world: World) -> None:
        await world.deliverer().stop()

    in_world(test)


def test_events_name_the_host_and_no_more_of_the_url() -> None:
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


def test_idle_costs_nearly_nothing() -> None:
    async def test(world: World) -> None:
        deliverer = world.deliverer(DelivererOptions(poll=1.0))
        deliverer.start()
        await world.clock.sleep(100)
        assert world.storage.asked <= 110
        await deliverer.stop()

    in_world(test)

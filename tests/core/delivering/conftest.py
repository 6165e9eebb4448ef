from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import pytest

from mirabelle.core.deliverer import Deliverer, Post
from mirabelle.core.delivering.options import DelivererOptions
from mirabelle.core.interfaces.component import NoOptions, StorageFailed
from mirabelle.core.interfaces.delivery import Recipient, ResultDelivery
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


def play(test: Callable[[World], Coroutine[Any, Any, None]]) -> None:
    async def main(clock: VirtualClock) -> None:
        directory = MemoryDirectory(NoOptions(), lent(clock))
        await directory.add_account(Account("acme", time_zone="Asia/Tokyo"), AccountSecrets("x", "whsec_abcd"))
        await test(World(clock, Unreliable(NoOptions(), lent(clock)), directory, Carrier(clock)))

    virtual_time.run(main)


InWorld = Callable[..., None]


@pytest.fixture
def in_world() -> InWorld:
    """Plays a test in virtual time and in a world of its own."""
    return play

"""What must hold whatever happens: crashes, storage failures, two nodes, any callee."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mirabelle.core.deliverer import Deliverer, Post
from mirabelle.core.delivering.options import DelivererOptions
from mirabelle.core.dispatcher import Dispatcher, Surroundings
from mirabelle.core.dispatching.options import DispatchOptions
from mirabelle.core.interfaces.component import NoOptions, StorageFailed
from mirabelle.core.interfaces.delivery import Recipient, ResultDelivery, TryAgain
from mirabelle.core.interfaces.queue import NewCall
from mirabelle.core.scheduling import SchedulingChain
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.exchange import Callee, Exchange
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.scheduling_policy import REQUEST
from mirabelle.core.testing.virtual_time import START, VirtualClock
from mirabelle.core.types import (
    Account,
    AccountSecrets,
    AttemptState,
    CalleeType,
    CallRequest,
    CallState,
    Claim,
    Delivery,
    DeliveryState,
    Due,
    Event,
    EventKind,
)
from mirabelle.plugins.policy_retry import RetryPolicy
from mirabelle.plugins.policy_window import WindowPolicy
from mirabelle.plugins.queue_memory import MemoryDirectory, MemoryQueue

FAILING = (
    *("claim", "defer_many", "dial_many", "answered", "renew_many", "lapsed", "expire", "finish_many", "next_due"),
    *("running", "commands", "claim_deliveries", "delivered", "postpone_delivery"),
)
CHANNELS = 4


class Flaky(MemoryQueue):
    """Fails now and then, and for whole minutes, by a seeded source. `rate` 0: never."""

    def __init__(self, clock: VirtualClock, seed: int, rate: float) -> None:
        super().__init__(NoOptions(), lent(clock))
        self.rate = rate
        self._chance = random.Random(seed)
        self._down_until = 0.0

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name not in FAILING:
            return found

        async def asked(*arguments: Any) -> Any:
            self.perhaps_fail(name)
            return await found(*arguments)

        return asked

    def perhaps_fail(self, name: str) -> None:
        now = self.lent.clock.now()
        if now < self._down_until:
            raise StorageFailed(f"{name}: still down")
        if self._chance.random() < self.rate:
            if self._chance.random() < 0.1:
                self._down_until = now + self._chance.uniform(1, 90)
            raise StorageFailed(f"{name}: disk full")


class Receiver(ResultDelivery):
    """Acknowledges about two posts of three, and every third post of a result."""

    name = "receiver"
    schemes = frozenset({"http"})

    def __init__(self, clock: VirtualClock, seed: int) -> None:
        super().__init__(NoOptions(), lent(clock))
        self._chance = random.Random(seed)
        self.received: Counter[int] = Counter()
        self.bodies: dict[str, set[bytes]] = {}

    async def deliver(self, delivery: Delivery, recipient: Recipient) -> None:
        await self.lent.clock.sleep(0.1)
        self.received[delivery.call_id] += 1
        self.bodies.setdefault(delivery.id, set()).add(delivery.body)
        if delivery.tries < 2 and self._chance.random() < 0.3:
            raise TryAgain("HTTP 500")


@dataclass
class Plan:
    """A world to be."""

    requests: list[CallRequest]
    seed: int
    rate: float
    crashes: list[float]
    durable: bool = True


@dataclass
class World:
    clock: VirtualClock
    plan: Plan
    storage: Flaky
    directory: MemoryDirectory
    exchange: Exchange
    receiver: Receiver
    events: list[Event] = field(default_factory=list)
    starts: int = 0
    crashed: int = 0

    def dispatcher(self) -> Dispatcher:
        self.starts += 1
        chain = SchedulingChain([WindowPolicy(NoOptions(), lent()), RetryPolicy(NoOptions(), lent())])
        surroundings = Surroundings(
            self.storage, self.directory, chain, self.clock, random.Random(self.starts), self.events.append
        )
        options = DispatchOptions(channels=CHANNELS, batch=3, poll=20.0)
        return Dispatcher(surroundings, self.exchange.attempt, options, f"node {self.starts}", self.plan.durable)

    def deliverer(self) -> Deliverer:
        post = Post(self.storage, self.directory, {"http": self.receiver}, self.clock, self.events.append)
        return Deliverer(post, DelivererOptions(poll=20.0))

    async def kill(self, dispatcher: Dispatcher) -> None:
        """As `kill -9` does: legs die, nothing is written any more."""
        for loop in dispatcher._loops:
            loop.cancel()
        runs = list(dispatcher._running)
        self.crashed += len(runs)
        for run in runs:
            run.lost = True
            run.written.set()
        # Twice, for those who do not hear the first.
        for _ in range(2):
            for task in [task for run in runs for task in (run.task, run.recorded) if task is not None]:
                task.cancel()
            await asyncio.sleep(0)


requests = st.builds(
    lambda account, opens, lasts, retries, interval: replace(
        REQUEST,
        account=account,
        result_url="http://app.example/r",
        not_before_at=START + opens,
        expires_at=None if lasts is None else START + opens + lasts,
        max_retries=retries,
        retry_interval=interval,
    ),
    account=st.sampled_from(["acme", "small", "again"]),
    opens=st.sampled_from([0.0, 0.0, 30.0, 400.5]),
    lasts=st.sampled_from([None, 0.5, 20.0, 300.0, 900.0]),
    retries=st.integers(0, 3),
    interval=st.sampled_from([60.0, 61.5, 300.0]),
)
plans = st.builds(
    Plan,
    requests=st.lists(requests, min_size=1, max_size=12),
    seed=st.integers(0, 1000),
    rate=st.sampled_from([0.0, 0.0, 0.05, 0.3]),
    crashes=st.lists(st.floats(0.5, 300.0), max_size=3),
)


def callees(seed: int) -> Any:
    types = [CalleeType.VOICE, CalleeType.BUSY, CalleeType.BUSY, CalleeType.NOANSWER, CalleeType.UNKNOWN]

    def callee(claim: Claim) -> Callee:
        chance = random.Random(f"{seed} {claim.call.id} {claim.call.attempts}")
        kind = chance.choice(types)
        answers = kind is CalleeType.VOICE or (kind is CalleeType.UNKNOWN and chance.random() < 0.5)
        return Callee(
            kind,
            rings=chance.uniform(0.5, 30),
            talks=chance.uniform(1, 200) if answers else None,
            raises=RuntimeError("broken") if chance.random() < 0.1 else None,
            deaf=chance.random() < 0.1,
        )

    return callee


def play(plan: Plan) -> World:
    async def main(clock: VirtualClock) -> World:
        directory = MemoryDirectory(NoOptions(), lent(clock))
        for account in (Account("acme"), Account("small", channels=1), Account("again", retry_interrupted=True)):
            await directory.add_account(account, AccountSecrets("x"))
        storage = Flaky(clock, plan.seed, plan.rate)
        exchange = Exchange(clock, callees(plan.seed))
        world = World(clock, plan, storage, directory, exchange, Receiver(clock, plan.seed))
        await storage.add_many([NewCall(request, Due(request.not_before_at)) for request in plan.requests], START)
        await live(world)
        await check(world)
        return world

    return virtual_time.run(main)


async def live(world: World) -> None:
    deliverer = world.deliverer()
    deliverer.start()
    nodes = [world.dispatcher(), world.dispatcher()]
    for node in nodes:
        node.start()
    for number, wait in enumerate(world.plan.crashes):
        await world.clock.sleep(wait)
        await world.kill(nodes[number % 2])
        nodes[number % 2] = world.dispatcher()
        nodes[number % 2].start()
    await world.clock.sleep(1200)
    world.storage.rate = 0.0
    await world.clock.sleep(2400)
    await asyncio.gather(*(node.stop() for node in nodes))
    await deliverer.stop()


async def check(world: World) -> None:
    assert await world.storage.counts() == {
        **dict.fromkeys(CallState, 0),
        CallState.FINISHED: len(world.plan.requests),
    }
    assert world.exchange.doubles == []
    for call_id, request in enumerate(world.plan.requests, 1):
        check_dials(world, call_id, request)
        await check_attempts(world, call_id, request)
        await check_result(world, call_id)
    assert all(len(bodies) == 1 for bodies in world.receiver.bodies.values())


def check_dials(world: World, call_id: int, request: CallRequest) -> None:
    dials = world.exchange.dials_of(call_id)
    assert len(dials) <= 1 + request.max_retries
    assert all(dial.at >= request.not_before_at for dial in dials)
    assert all(request.expires_at is None or dial.at < request.expires_at for dial in dials)
    assert len({dial.attempt for dial in dials}) == len(dials)
    for earlier, later in pairwise(dials):
        assert earlier.ended_at is not None
        assert later.at >= earlier.ended_at


async def check_attempts(world: World, call_id: int, request: CallRequest) -> None:
    attempts = await world.storage.attempts(call_id)
    assert len(attempts) <= 1 + request.max_retries
    assert [attempt.number for attempt in attempts] == list(range(1, len(attempts) + 1))
    assert {dial.attempt for dial in world.exchange.dials_of(call_id)} <= {attempt.number for attempt in attempts}
    for earlier, later in pairwise(attempts):
        assert earlier.ended_at is not None
        assert later.started_at >= earlier.ended_at + request.retry_interval
        if earlier.state is AttemptState.INTERRUPTED:
            assert request.account == "again"


async def check_result(world: World, call_id: int) -> None:
    (delivery,) = await world.storage.deliveries(call_id=call_id)
    assert delivery.state is DeliveryState.DELIVERED
    assert world.receiver.received[call_id] >= 1
    result = (await world.storage.call(call_id)).result
    attempts = await world.storage.attempts(call_id)
    assert result is not None
    assert result.attempts == len(attempts)
    assert f"attempts={len(attempts)}&".encode() in delivery.body


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans)
def test_the_promises_hold_whatever_happens(plan: Plan) -> None:
    play(plan)


def crowd() -> list[CallRequest]:
    return [
        replace(
            REQUEST,
            account=("acme", "small", "again")[number % 3],
            result_url="http://app.example/r",
            not_before_at=START,
            expires_at=START + 300 if number % 4 == 0 else None,
            max_retries=number % 3,
            retry_interval=60.0,
        )
        for number in range(24)
    ]


def test_the_promises_are_put_to_the_test() -> None:
    """Seeds in which all of it happens: crashes in the middle of calls, failures of the storage, expiry, repetition."""
    worlds = [play(Plan(crowd(), seed, 0.05, [5.0, 40.0, 40.0])) for seed in range(4)]
    kinds = {event.kind for world in worlds for event in world.events}
    assert kinds >= {
        EventKind.INTERRUPTED,
        EventKind.EXPIRED,
        EventKind.DELIVERY_FAILED,
        EventKind.ATTEMPT_ENDED,
        EventKind.FINISHED,
    }
    assert sum(world.crashed for world in worlds) > 0


def test_without_the_durable_mark_they_are_broken() -> None:
    """The switch of the crash test, which would prove nothing otherwise."""
    with pytest.raises(AssertionError):
        play(Plan(crowd(), 0, 0.0, [5.0, 40.0, 40.0], durable=False))

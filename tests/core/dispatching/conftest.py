import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import pytest

from mirabelle.core.dispatcher import Dispatcher, Surroundings
from mirabelle.core.dispatching.options import DispatchOptions
from mirabelle.core.interfaces.component import NoOptions, StorageFailed
from mirabelle.core.interfaces.queue import NewCall
from mirabelle.core.scheduling import SchedulingChain
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.exchange import VOICE, Callee, Exchange
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.scheduling_policy import POSTED
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import (
    Account,
    AccountSecrets,
    CallState,
    Claim,
    Due,
    Event,
    EventKind,
    Result,
)
from mirabelle.plugins.policy_retry import RetryPolicy
from mirabelle.plugins.policy_window import WindowPolicy
from mirabelle.plugins.queue_memory import MemoryDirectory, MemoryQueue

OPTIONS = DispatchOptions(poll=3600.0)


CHAIN = [WindowPolicy(NoOptions(), lent()), RetryPolicy(NoOptions(), lent())]


class Unreliable(MemoryQueue):
    """Fails as it is told: `fails` holds names of methods. `asked` counts what it was asked."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(NoOptions(), lent(clock))
        self.fails: set[str] = set()
        self.asked: list[str] = []
        self.takes: dict[str, float] = {}

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name.startswith("_") or not callable(found) or not hasattr(MemoryQueue, name):
            return found

        async def asked(*arguments: Any) -> Any:
            self.asked.append(name)
            if name in self.takes:
                await self.lent.clock.sleep(self.takes[name])
            if name in self.fails or "all" in self.fails:
                raise StorageFailed(f"{name}: disk full")
            return await found(*arguments)

        return asked


@dataclass
class World:
    clock: VirtualClock
    storage: Unreliable
    directory: MemoryDirectory
    exchange: Exchange
    events: list[Event] = field(default_factory=list)
    results: int = 0

    def on_result(self) -> None:
        self.results += 1

    def dispatcher(
        self, options: DispatchOptions = OPTIONS, owner: str = "node", chain: Any = CHAIN, **more: Any
    ) -> Dispatcher:
        surroundings = Surroundings(
            self.storage,
            self.directory,
            SchedulingChain(chain),
            self.clock,
            random.Random(0),
            self.events.append,
            on_result=self.on_result,
        )
        return Dispatcher(surroundings, self.exchange.attempt, options, owner, **more)

    async def queue(self, *requests: Any) -> list[int]:
        now = self.clock.now()
        calls = [NewCall(request, Due(max(now, request.not_before_at))) for request in requests or [POSTED]]
        return [added.call_id for added in await self.storage.add_many(calls, now)]

    async def result(self, call_id: int) -> Result:
        ended = (await self.storage.call(call_id)).result
        assert ended is not None
        return ended

    async def states(self) -> dict[CallState, int]:
        return {state: count for state, count in (await self.storage.counts()).items() if count}

    def told(self, kind: EventKind) -> list[Event]:
        return [event for event in self.events if event.kind is kind]

    def problems(self) -> list[str]:
        return [str(event.data["problem"]) for event in self.events if "problem" in event.data]


Test = Callable[[World], Coroutine[Any, Any, None]]


def play(test: Test, script: Callable[[Claim], Callee] = lambda claim: VOICE) -> None:
    async def main(clock: VirtualClock) -> None:
        directory = MemoryDirectory(NoOptions(), lent(clock))
        for account in (Account("acme"), Account("small", channels=1), Account("again", retry_interrupted=True)):
            await directory.add_account(account, AccountSecrets("x"))
        await test(World(clock, Unreliable(clock), directory, Exchange(clock, script)))

    virtual_time.run(main)


InWorld = Callable[..., None]


@pytest.fixture
def in_world() -> InWorld:
    """Plays a test in virtual time and in a world of its own."""
    return play

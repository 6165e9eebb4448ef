from collections.abc import AsyncIterator
from typing import Any

import pytest

from mirabelle.core.authentication import PinChecker, PinOptions
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.plugins.queue_memory import MemoryDirectory

CHEAP = PinOptions(time_cost=1, memory_cost=8, parallelism=1)


class CountingPins(PinChecker):
    """Counts the argon2 verifications, the one cost that a client could measure."""

    verified = 0

    def _verify(self, pin_hash: str, pin: str) -> bool:
        self.verified += 1
        return super()._verify(pin_hash, pin)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
async def pins(clock: VirtualClock) -> AsyncIterator[CountingPins]:
    checker = CountingPins(CHEAP, clock)
    await checker.open()
    yield checker
    await checker.close()


@pytest.fixture
def directory() -> MemoryDirectory:
    options: Any = None
    return MemoryDirectory(options, lent())

"""What the contracts of storages share: a lent platform whose clock nobody may read."""

import random
from pathlib import Path
from typing import NoReturn

from mirabelle.core.interfaces.component import Lent
from mirabelle.core.interfaces.fetching import Answer, OutgoingRequest


class ForbiddenClock:
    """Storages get times as arguments: reading the clock fails the test."""

    def now(self) -> float:
        """Fail."""
        self._fail()

    def monotonic(self) -> float:
        """Fail."""
        self._fail()

    async def sleep(self, seconds: float) -> None:
        """Fail."""
        self._fail()

    def _fail(self) -> NoReturn:
        raise AssertionError("a storage reads no clock: times are arguments")


class ForbiddenFetcher:
    """Storages send no requests."""

    async def send(self, request: OutgoingRequest, *, call_id: int | None = None) -> Answer:
        """Fail."""
        raise AssertionError(f"a storage sends no requests: {request.method} {request.url}")


def lent_to_storage(data: Path) -> Lent:
    """What a storage under test is lent; its files go below `data`."""
    return Lent(ForbiddenClock(), random.Random(0), data, ForbiddenFetcher())  # noqa: S311 - nothing secret

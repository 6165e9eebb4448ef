"""What a component is lent when it is tested: a virtual clock, seeded chance, a fetcher that answers from a list."""

import random
from collections.abc import Callable
from pathlib import Path

from mirabelle.core.interfaces.component import Clock, Lent
from mirabelle.core.interfaces.fetching import Answer, Fetcher, OutgoingRequest
from mirabelle.core.testing.virtual_time import VirtualClock


class FetcherInHand:
    """A fetcher without a network: `answer` decides; what was sent is kept in `sent`, in order."""

    def __init__(self, answer: Callable[[OutgoingRequest], Answer]) -> None:
        self._answer = answer
        self.sent: list[OutgoingRequest] = []

    async def send(self, request: OutgoingRequest, *, call_id: int | None = None) -> Answer:
        """What `answer` returns or raises."""
        self.sent.append(request)
        return self._answer(request)


def lent(
    clock: Clock | None = None, fetcher: Fetcher | None = None, data: Path = Path("/nonexistent"), seed: int = 0
) -> Lent:
    """Everything that a component needs to be made."""
    return Lent(clock or VirtualClock(), random.Random(seed), data, fetcher or FetcherInHand(_nothing))  # noqa: S311


def _nothing(request: OutgoingRequest) -> Answer:
    raise AssertionError(f"nobody expected {request.method} {request.url}")

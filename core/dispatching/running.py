"""The attempts that run in this process, each in a task of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from mirabelle.core.outcome import AttemptEnd
from mirabelle.core.types import Account, Claim

Answered = Callable[[float], Awaitable[None]]
"""Tell the instant (UNIX seconds) of the answer; the awaitable ends once it is durable and never raises.

There is no need to wait for it: the end of the attempt is written after it in any case.
"""

AttemptCall = Callable[[Claim, Account, Answered], Awaitable[AttemptEnd]]
"""Run one attempt, from dialling to the end of the call, and tell how it ended.

Cancellation means: hang up now. The coroutine may catch it, hang the leg up and still return the end of the attempt, or
let it through: then the attempt counts as `unknown`.
"""


@dataclass(slots=True, eq=False)
class Run:
    """One attempt under way. `lost`: another node has the call; this one must end its leg and write nothing.

    `ending`: the attempt is over and its end is being written. `final`: the call is to end with this attempt.
    """

    claim: Claim
    account: Account
    lease_until: float
    answered_at: float | None = None
    hung_up: str = ""
    final: bool = False
    lost: bool = False
    ending: bool = False
    recorded: asyncio.Future[None] | None = None
    task: asyncio.Task[AttemptEnd] | None = field(default=None, repr=False)
    given_up: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    written: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def call_id(self) -> int:
        """The id of its call."""
        return self.claim.call.id

    def hang_up(self, reason: str) -> None:
        """End the leg; the first reason counts."""
        if not self.hung_up and self.task is not None:
            self.hung_up = reason
            self.task.cancel()


class Running:
    """The runs by call id. A call has at most one."""

    def __init__(self) -> None:
        self._runs: dict[int, Run] = {}
        self._idle = asyncio.Event()
        self._idle.set()

    def __len__(self) -> int:
        return len(self._runs)

    def __iter__(self) -> Iterator[Run]:
        return iter(tuple(self._runs.values()))

    def get(self, call_id: int) -> Run | None:
        """The run of that call, if it runs here."""
        return self._runs.get(call_id)

    def add(self, run: Run) -> None:
        """Keep it. Raises `ValueError` when an attempt of that call runs already."""
        if run.call_id in self._runs:
            raise ValueError(f"an attempt of call {run.call_id} is under way here")
        self._runs[run.call_id] = run
        self._idle.clear()

    def remove(self, run: Run) -> None:
        """It is over."""
        if self._runs.get(run.call_id) is run:
            del self._runs[run.call_id]
        if not self._runs:
            self._idle.set()

    async def ended(self) -> None:
        """Wait until none runs."""
        await self._idle.wait()

"""The durable mark *dialling* that an attempt gets before the telephone is asked to ring."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from mirabelle.core import lifecycle
from mirabelle.core.dispatching.node import Node
from mirabelle.core.dispatching.running import Run
from mirabelle.core.interfaces.queue import LeaseLost
from mirabelle.core.types import Claim

# Set to 1 in the environment of `serve`, this takes the promise away: the crash test must fail then.
SWITCH = "TEST_ONLY_MIRABELLE_LATE_DIALLING_MARK"


class DiallingMark(Protocol):
    """When and how an attempt becomes durable."""

    async def before_dialling(self, claims: Sequence[Claim], at: float) -> list[Claim | LeaseLost]:
        """The claims that may be dialled, with the attempt that is under way."""

    async def answered(self, claim: Claim, at: float) -> None:
        """The attempt was answered."""

    async def before_finish(self, run: Run) -> None:
        """The attempt is over and its end is about to be written."""


class EarlyMark:
    """The mark of the product: durable before the telephone rings, so that a crash never dials a call twice."""

    def __init__(self, node: Node) -> None:
        self._node = node

    async def before_dialling(self, claims: Sequence[Claim], at: float) -> list[Claim | LeaseLost]:
        """Written now. What fails is not asked again: the window or the lease may end meanwhile."""
        return await self._node.storage.dial_many(claims, at)

    async def answered(self, claim: Claim, at: float) -> None:
        """Written now."""
        await self._node.patience.ask("recording an answer", lambda: self._node.storage.answered(claim, at))

    async def before_finish(self, run: Run) -> None:
        """Nothing is left to be done."""


class LateMark:
    """FOR THE CRASH TEST ONLY: the attempt is written when it is over.

    While the telephone rings and people talk, the storage knows the call as claimed. After a crash it goes back to the
    queue as if nothing had happened and is dialled a second time: what the test must notice.
    """

    def __init__(self, node: Node) -> None:
        self._node = node

    async def before_dialling(self, claims: Sequence[Claim], at: float) -> list[Claim | LeaseLost]:
        """Nothing is written."""
        return [replace(claim, call=lifecycle.dialled(claim.call, at)) for claim in claims]

    async def answered(self, claim: Claim, at: float) -> None:
        """Nothing is written."""

    async def before_finish(self, run: Run) -> None:
        """The whole attempt is written."""
        claim, attempt = run.claim, run.claim.call.last_attempt
        assert attempt is not None, claim
        await self._node.patience.ask("dialling", lambda: self._node.storage.dial_many([claim], attempt.started_at))
        answered_at = run.answered_at
        if answered_at is not None:
            await self._node.patience.ask("answer", lambda: self._node.storage.answered(claim, answered_at))


def durable_dialling(environment: Mapping[str, str]) -> bool:
    """False only where the crash test has set the switch."""
    return environment.get(SWITCH) != "1"

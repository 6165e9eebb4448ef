"""What the chapters of the contract share: the fixture, and calls to put into the queue."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from mirabelle.core.interfaces.component import Lent
from mirabelle.core.interfaces.queue import Finish, IdempotencyKey, LeaseLost, NewCall, QueueStorage
from mirabelle.core.testing.storages import lent_to_storage
from mirabelle.core.types import (
    Call,
    CalleeType,
    CallRequest,
    Claim,
    Delivery,
    Due,
    Outcome,
    Result,
    Room,
)

NOON = 1_780_315_200.0
LATER = NOON + 60.0
EVERYWHERE = Room()


class StorageChapter(ABC):
    """A chapter of the contract."""

    pytestmark = pytest.mark.asyncio

    @abstractmethod
    def make(self, lent: Lent) -> QueueStorage:
        """A storage that is not open yet and is empty."""

    @pytest_asyncio.fixture
    async def storage(self, tmp_path: Path) -> AsyncIterator[QueueStorage]:
        """The storage under test, open."""
        storage = self.make(lent_to_storage(tmp_path))
        await storage.open()
        yield storage
        await storage.close()


def request(account: str = "acme", **fields: Any) -> CallRequest:
    """A request with little in it, but for what is said."""
    return CallRequest(account, "2125550100", "+12125550100", "http://app.example/start", **fields)


def new_call(
    account: str = "acme", due: float = NOON, rank: int = 0, key: IdempotencyKey | None = None, **fields: Any
) -> NewCall:
    """A call to be queued."""
    return NewCall(request(account, **fields), Due(due, rank), key)


async def added(storage: QueueStorage, *calls: NewCall) -> list[int]:
    """Queue these; their ids."""
    return [answer.call_id for answer in await storage.add_many(calls, NOON)]


async def claimed(storage: QueueStorage, *calls: NewCall, owner: str = "node-1", limit: int = 100) -> list[Claim]:
    """Queue these and claim all that is due."""
    await storage.add_many(calls, NOON)
    return await storage.claim(NOON, owner, LATER, EVERYWHERE, limit)


async def dialling(storage: QueueStorage, *calls: NewCall, owner: str = "node-1") -> list[Claim]:
    """Queue, claim and dial these."""
    answers = await storage.dial_many(await claimed(storage, *calls, owner=owner), NOON)
    return [answer for answer in answers if isinstance(answer, Claim)]


async def talking(storage: QueueStorage, call: NewCall) -> Claim:
    """Queue, claim, dial and answer this one; its claim."""
    (claim,) = await dialling(storage, call)
    await storage.answered(claim, NOON + 5)
    return claim


def result(call: Call, reason: str = "") -> Result:
    """What a busy callee leaves behind."""
    return Result(Outcome.FAILED, CalleeType.BUSY, call.attempts, NOON, 0, reason)


def delivery(call_id: int, name: str = "delivery-1", due: float = NOON) -> Delivery:
    """A result on its way."""
    body = b"result=Failed\x00\xff"
    return Delivery(name, call_id, "acme", "http://app.example/result", "text/plain", body, NOON, due)


def over(claim: Claim, *deliveries: Delivery, interrupted: bool = False) -> Finish:
    """The end of a call."""
    return Finish(
        claim, NOON + 9, CalleeType.BUSY, "user busy", interrupted, result=result(claim.call), deliveries=deliveries
    )


def again(claim: Claim, due: float = LATER, rank: int = 0, *, interrupted: bool = False) -> Finish:
    """The end of an attempt, with another to come."""
    return Finish(claim, NOON + 9, CalleeType.BUSY, "user busy", interrupted, retry=Due(due, rank))


def ids(claims: list[Claim]) -> list[int]:
    """The calls of these claims."""
    return [claim.call.id for claim in claims]


def lost(answers: list[Any]) -> list[bool]:
    """Which of the answers say that the claim holds no longer."""
    return [isinstance(answer, LeaseLost) for answer in answers]

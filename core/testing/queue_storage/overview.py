"""What the platform asks of the queue as a whole: counts, channels in use, wake-up times, commands."""

import asyncio

import pytest

from mirabelle.core.interfaces.queue import Added, NotFound, QueueStorage
from mirabelle.core.testing.queue_storage.samples import (
    EVERYWHERE,
    LATER,
    NOON,
    StorageChapter,
    added,
    again,
    claimed,
    delivery,
    dialling,
    ids,
    new_call,
    over,
    talking,
)
from mirabelle.core.types import CallState, Command, Room


class OverviewContract(StorageChapter):
    """`counts`, `running`, `next_due`, `send`, `commands`, and many callers at once."""

    async def test_an_empty_storage_counts_nothing(self, storage: QueueStorage) -> None:
        assert dict(await storage.counts()) == dict.fromkeys(CallState, 0)
        assert await storage.running() == Room(0, {}, {})
        assert await storage.next_due(0.0) is None

    async def test_counts_follow_the_calls(self, storage: QueueStorage) -> None:
        await talking(storage, new_call())
        _, retried, finished = await dialling(storage, *[new_call()] * 3)
        await storage.finish_many([again(retried), over(finished)])
        await claimed(storage, *[new_call()] * 2)
        await added(storage, *[new_call("b", campaign="x")] * 4)
        assert dict(await storage.counts()) == {
            CallState.QUEUED: 5,
            CallState.CLAIMED: 2,
            CallState.DIALLING: 1,
            CallState.ANSWERED: 1,
            CallState.FINISHED: 1,
        }

    async def test_channels_in_use_by_account_and_campaign(self, storage: QueueStorage) -> None:
        await talking(storage, new_call("a", campaign="x"))
        (ended,) = await dialling(storage, new_call("b", campaign="x"))
        await dialling(storage, new_call("a", campaign="y"), new_call("a", campaign="x"))
        await claimed(storage, new_call("c"))
        await added(storage, new_call("d"))
        await storage.finish_many([over(ended)])
        campaigns = {("a", "x"): 2, ("a", "y"): 1, ("c", "default"): 1}
        assert await storage.running() == Room(4, {"a": 3, "c": 1}, campaigns)

    async def test_lapsed_leases_give_their_channels_back(self, storage: QueueStorage) -> None:
        await claimed(storage, new_call())
        await dialling(storage, new_call("b"))
        await storage.lapsed(LATER, "node-2", LATER + 60, 9)
        assert await storage.running() == Room(1, {"b": 1}, {("b", "default"): 1})

    async def test_the_next_wake_up_is_the_next_due_call(self, storage: QueueStorage) -> None:
        await added(storage, new_call(due=NOON + 30), new_call("b", due=NOON + 20, rank=9), new_call(due=NOON))
        assert await storage.next_due(NOON - 1) == NOON
        assert await storage.next_due(NOON) == NOON + 20
        assert await storage.next_due(NOON + 20) == NOON + 30
        assert await storage.next_due(NOON + 30) is None

    async def test_the_next_wake_up_may_be_an_expiry_or_a_lease(self, storage: QueueStorage) -> None:
        await added(storage, new_call(due=NOON + 99, expires_at=NOON + 50))
        assert await storage.next_due(NOON) == NOON + 50
        (claim,) = await claimed(storage, new_call(expires_at=NOON + 1))
        await storage.renew_many([claim], NOON + 40)
        assert await storage.next_due(NOON) == NOON + 40
        await storage.finish_many([over(claim)])
        assert await storage.next_due(NOON) == NOON + 50

    async def test_the_next_wake_up_may_be_a_delivery(self, storage: QueueStorage) -> None:
        (claim,) = await claimed(storage, new_call())
        await storage.finish_many([over(claim, delivery(claim.call.id, "d1", NOON + 5))])
        assert await storage.next_due(NOON) == NOON + 5
        await storage.claim_deliveries(NOON + 5, NOON + 25, 1)
        assert await storage.next_due(NOON) == NOON + 25
        await storage.postpone_delivery("d1", NOON + 65, "x")
        assert await storage.next_due(NOON) == NOON + 65
        await storage.delivered("d1", NOON)
        assert await storage.next_due(NOON) is None

    async def test_commands_reach_the_node_that_has_the_call_once(self, storage: QueueStorage) -> None:
        mine, also_mine = await dialling(storage, new_call(), new_call(), owner="node-1")
        (other,) = await dialling(storage, new_call(), owner="node-2")
        for claim in (also_mine, other, mine):
            await storage.send(claim.call.id, Command.HANG_UP)
        assert await storage.commands("node-1") == [
            (also_mine.call.id, Command.HANG_UP),
            (mine.call.id, Command.HANG_UP),
        ]
        assert await storage.commands("node-1") == []
        assert await storage.commands("node-2") == [(other.call.id, Command.HANG_UP)]

    async def test_a_command_waits_for_the_next_node(self, storage: QueueStorage) -> None:
        (call_id,) = await added(storage, new_call())
        await storage.send(call_id, Command.HANG_UP)
        assert await storage.commands("node-1") == []
        await dialling(storage, owner="node-1")
        await storage.lapsed(LATER, "node-2", LATER + 60, 9)
        assert await storage.commands("node-1") == []
        assert await storage.commands("node-2") == [(call_id, Command.HANG_UP)]

    async def test_a_finished_call_takes_its_commands_with_it(self, storage: QueueStorage) -> None:
        (claim,) = await dialling(storage, new_call())
        await storage.send(claim.call.id, Command.HANG_UP)
        await storage.finish_many([over(claim)])
        await storage.send(claim.call.id, Command.HANG_UP)
        assert await storage.commands("node-1") == []
        with pytest.raises(NotFound):
            await storage.send(claim.call.id + 1, Command.HANG_UP)

    async def test_many_callers_at_once_get_what_is_theirs(self, storage: QueueStorage) -> None:
        answers = await asyncio.gather(*(storage.add_many([new_call(f"a{n % 7}")], NOON) for n in range(60)))
        assert sorted(answer.call_id for (answer,) in answers) == distinct_ids(answers)
        claims = await asyncio.gather(*(storage.claim(NOON, f"n{n}", LATER, EVERYWHERE, 7) for n in range(12)))
        taken = [call_id for batch in claims for call_id in ids(batch)]
        assert len(taken) == len(set(taken)) == 60
        mixed = await asyncio.gather(
            storage.dial_many(claims[0], NOON),
            storage.call(10**9),
            storage.add_many([new_call()], NOON),
            storage.finish_many([again(claims[1][0])]),
            return_exceptions=True,
        )
        assert [type(answer).__name__ for answer in mixed] == ["list", "NotFound", "list", "IllegalMove"]
        assert (await storage.counts())[CallState.DIALLING] == 7


def distinct_ids(answers: list[list[Added]]) -> list[int]:
    """The ids of these answers, which must be all different, in rising order."""
    return sorted({answer.call_id for (answer,) in answers})

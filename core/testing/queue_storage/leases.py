"""Leases and fencing: what happens when a node is slow, or gone."""

import pytest

from mirabelle.core.interfaces.queue import LeaseLost, QueueStorage
from mirabelle.core.testing.queue_storage.samples import (
    EVERYWHERE,
    LATER,
    StorageChapter,
    claimed,
    delivery,
    dialling,
    ids,
    lost,
    new_call,
    over,
    talking,
)
from mirabelle.core.types import AttemptState, CallState, Claim


class LeasesContract(StorageChapter):
    """`renew_many`, `lapsed` and what stale claims can still do: nothing."""

    async def test_a_lease_that_runs_is_left_alone(self, storage: QueueStorage) -> None:
        await dialling(storage, new_call())
        assert await storage.lapsed(LATER - 0.001, "node-2", LATER + 60, 9) == []

    async def test_a_call_that_was_merely_claimed_goes_back_to_the_queue(self, storage: QueueStorage) -> None:
        claims = await claimed(storage, *[new_call()] * 3)
        assert await storage.lapsed(LATER, "node-2", LATER + 60, 1) == []
        for claim in claims:
            call = await storage.call(claim.call.id)
            assert (call.state, call.attempts, call.due) == (CallState.QUEUED, 0, claim.call.due)
        assert lost(await storage.dial_many(claims, LATER)) == [True, True, True]
        taken = await storage.claim(LATER, "node-2", LATER + 60, EVERYWHERE, 9)
        assert ids(taken) == ids(claims)
        assert all(new.token > old.token for new, old in zip(taken, claims, strict=True))

    async def test_attempts_under_way_are_taken_over(self, storage: QueueStorage) -> None:
        talks = await talking(storage, new_call())
        (rings,) = await dialling(storage, new_call())
        taken = await storage.lapsed(LATER, "node-2", LATER + 60, 9)
        assert sorted(ids(taken)) == [talks.call.id, rings.call.id]
        for claim, old in zip(sorted(taken, key=lambda claim: claim.call.id), (talks, rings), strict=True):
            assert (claim.owner, claim.lease_until) == ("node-2", LATER + 60)
            assert claim.token > old.token
            assert claim.call == await storage.call(claim.call.id)
        states = [claim.call.last_attempt and claim.call.last_attempt.state for claim in taken]
        assert set(states) == {AttemptState.ANSWERED, AttemptState.DIALLING}
        assert await storage.lapsed(LATER, "node-3", LATER + 60, 9) == []

    async def test_the_longest_ended_leases_come_first_and_no_more_than_the_limit(self, storage: QueueStorage) -> None:
        claims = await dialling(storage, *[new_call()] * 3)
        for claim, ends in zip(claims, (LATER + 2, LATER + 1, LATER + 3), strict=True):
            await storage.renew_many([claim], ends)
        first, second, third = ids(claims)
        assert ids(await storage.lapsed(LATER + 9, "node-2", LATER + 60, 2)) == [second, first]
        assert ids(await storage.lapsed(LATER + 9, "node-2", LATER + 60, 2)) == [third]

    async def test_the_old_node_can_do_nothing_any_more(self, storage: QueueStorage) -> None:
        (old,) = await dialling(storage, new_call())
        (new,) = await storage.lapsed(LATER, "node-2", LATER + 60, 9)
        with pytest.raises(LeaseLost):
            await storage.answered(old, LATER)
        assert lost(await storage.renew_many([old], LATER + 999)) == [True]
        assert lost(await storage.finish_many([over(old, delivery(old.call.id))])) == [True]
        assert await storage.call(old.call.id) == new.call
        assert await storage.deliveries() == []
        assert lost(await storage.finish_many([over(new)])) == [False]

    async def test_a_slow_node_that_nobody_has_replaced_may_go_on(self, storage: QueueStorage) -> None:
        (claim,) = await dialling(storage, new_call())
        await storage.answered(claim, LATER + 1000)
        assert lost(await storage.renew_many([claim], LATER + 2000)) == [False]
        assert await storage.lapsed(LATER + 1999, "node-2", LATER + 3000, 9) == []
        assert lost(await storage.finish_many([over(claim)])) == [False]

    async def test_renewing_answers_item_by_item(self, storage: QueueStorage) -> None:
        kept, ended = await dialling(storage, new_call(), new_call())
        await storage.finish_many([over(ended)])
        assert lost(await storage.renew_many([ended, kept], LATER + 60)) == [True, False]
        assert await storage.lapsed(LATER + 59, "node-2", LATER + 99, 9) == []
        assert ids(await storage.lapsed(LATER + 60, "node-2", LATER + 99, 9)) == [kept.call.id]

    async def test_a_made_up_claim_is_lost(self, storage: QueueStorage) -> None:
        (claim,) = await dialling(storage, new_call())
        forged = Claim(claim.call, claim.token + 1, claim.owner, claim.lease_until)
        assert lost(await storage.finish_many([over(forged)])) == [True]
        assert (await storage.call(claim.call.id)).state is CallState.DIALLING

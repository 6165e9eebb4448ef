"""Attempts: they exist from before the telephone rings, and end with a retry or a result."""

import pytest

from mirabelle.core.interfaces.queue import Deferral, Finish, LeaseLost, NotFound, QueueStorage
from mirabelle.core.lifecycle import IllegalMove
from mirabelle.core.testing.queue_storage.samples import (
    EVERYWHERE,
    LATER,
    NOON,
    StorageChapter,
    again,
    claimed,
    delivery,
    dialling,
    lost,
    new_call,
    over,
    result,
    talking,
)
from mirabelle.core.types import Attempt, AttemptState, CalleeType, CallState, Claim, Due


class AttemptsContract(StorageChapter):
    """`dial_many`, `answered`, `finish_many`."""

    async def test_dialling_makes_the_attempt_exist(self, storage: QueueStorage) -> None:
        (claim,) = await claimed(storage, new_call())
        (dialled,) = await storage.dial_many([claim], NOON + 1)
        call = await storage.call(claim.call.id)
        attempt = Attempt(1, AttemptState.DIALLING, NOON + 1)
        assert (call.state, call.attempts, call.last_attempt) == (CallState.DIALLING, 1, attempt)
        assert await storage.attempts(call.id) == [attempt]
        assert dialled == Claim(call, claim.token, "node-1", LATER)

    async def test_a_dialled_claim_shows_the_lease_as_it_was_renewed(self, storage: QueueStorage) -> None:
        (claim,) = await claimed(storage, new_call())
        await storage.renew_many([claim], LATER + 100)
        (dialled,) = await storage.dial_many([claim], NOON)
        assert isinstance(dialled, Claim)
        assert dialled.lease_until == LATER + 100

    async def test_an_answer_is_recorded(self, storage: QueueStorage) -> None:
        claim = await talking(storage, new_call())
        call = await storage.call(claim.call.id)
        assert call.state is CallState.ANSWERED
        assert call.last_attempt == Attempt(1, AttemptState.ANSWERED, NOON, NOON + 5)

    async def test_a_retry_queues_the_call_and_ends_the_attempt(self, storage: QueueStorage) -> None:
        (claim,) = await dialling(storage, new_call())
        assert await storage.finish_many([again(claim, LATER, 2)]) == [None]
        call = await storage.call(claim.call.id)
        ended = Attempt(1, AttemptState.ENDED, NOON, None, NOON + 9, CalleeType.BUSY, "user busy")
        assert (call.state, call.due, call.attempts, call.result) == (CallState.QUEUED, Due(LATER, 2), 1, None)
        assert call.last_attempt == ended
        assert await storage.claim(LATER - 1, "n", LATER + 60, EVERYWHERE, 1) == []

    async def test_attempts_are_numbered_and_all_kept(self, storage: QueueStorage) -> None:
        (claim,) = await dialling(storage, new_call())
        await storage.finish_many([again(claim, NOON)])
        (second,) = await storage.dial_many(await storage.claim(NOON, "n", LATER, EVERYWHERE, 1), NOON + 30)
        assert isinstance(second, Claim)
        assert (second.call.attempts, second.token > claim.token) == (2, True)
        await storage.answered(second, NOON + 40)
        await storage.finish_many([Finish(second, NOON + 50, CalleeType.VOICE, result=result(second.call))])
        assert await storage.attempts(claim.call.id) == [
            Attempt(1, AttemptState.ENDED, NOON, None, NOON + 9, CalleeType.BUSY, "user busy"),
            Attempt(2, AttemptState.ENDED, NOON + 30, NOON + 40, NOON + 50, CalleeType.VOICE),
        ]

    async def test_a_result_finishes_the_call(self, storage: QueueStorage) -> None:
        claim = await talking(storage, new_call(due=NOON))
        assert await storage.finish_many([over(claim)]) == [None]
        call = await storage.call(claim.call.id)
        assert (call.state, call.result) == (CallState.FINISHED, result(claim.call))
        assert await storage.claim(LATER, "n", LATER + 60, EVERYWHERE, 9) == []
        assert await storage.lapsed(LATER * 2, "n", LATER * 3, 9) == []

    async def test_a_call_can_end_without_an_attempt(self, storage: QueueStorage) -> None:
        (claim,) = await claimed(storage, new_call())
        assert await storage.finish_many([over(claim, delivery(claim.call.id))]) == [None]
        call = await storage.call(claim.call.id)
        assert (call.state, call.attempts, call.last_attempt) == (CallState.FINISHED, 0, None)
        assert await storage.attempts(call.id) == []

    async def test_an_interrupted_attempt_is_marked(self, storage: QueueStorage) -> None:
        retried, finished = await dialling(storage, new_call(), new_call())
        await storage.finish_many([again(retried, interrupted=True), over(finished, interrupted=True)])
        for claim in (retried, finished):
            (attempt,) = await storage.attempts(claim.call.id)
            assert attempt.state is AttemptState.INTERRUPTED

    async def test_a_stale_claim_is_lost_item_by_item_and_changes_nothing(self, storage: QueueStorage) -> None:
        first, second, third = await claimed(storage, new_call(), new_call(), new_call())
        await storage.defer_many([Deferral(second, Due(NOON), "")])
        assert lost(await storage.dial_many([first, second, third], NOON)) == [False, True, False]
        assert (await storage.call(second.call.id)).state is CallState.QUEUED
        finish = over(second, delivery(second.call.id))
        assert lost(await storage.finish_many([again(first), finish, over(third)])) == [False, True, False]
        assert (await storage.call(second.call.id)).state is CallState.QUEUED
        assert await storage.deliveries() == []
        states = [(await storage.call(claim.call.id)).state for claim in (first, third)]
        assert states == [CallState.QUEUED, CallState.FINISHED]

    async def test_a_finished_call_cannot_be_moved_by_its_last_claim(self, storage: QueueStorage) -> None:
        claim = await talking(storage, new_call())
        await storage.finish_many([over(claim, delivery(claim.call.id))])
        before = await storage.call(claim.call.id)
        with pytest.raises(LeaseLost):
            await storage.answered(claim, NOON + 20)
        # The same delivery once more is no clash: the call has ended, so nothing is stored.
        assert lost(await storage.finish_many([over(claim, delivery(claim.call.id))])) == [True]
        assert lost(await storage.finish_many([again(claim)])) == [True]
        assert lost(await storage.dial_many([claim], NOON)) == [True]
        assert lost(await storage.defer_many([Deferral(claim, Due(NOON), "")])) == [True]
        assert lost(await storage.renew_many([claim], LATER)) == [True]
        assert await storage.call(claim.call.id) == before
        assert len(await storage.deliveries()) == 1

    async def test_an_illegal_move_is_refused_and_takes_nothing_with_it(self, storage: QueueStorage) -> None:
        running, waiting = await claimed(storage, new_call(), new_call())
        await storage.dial_many([running], NOON)
        with pytest.raises(IllegalMove, match=str(running.call.id)):
            await storage.dial_many([waiting, running], NOON)
        with pytest.raises(IllegalMove):
            await storage.answered(waiting, NOON)
        with pytest.raises(IllegalMove):
            await storage.defer_many([Deferral(waiting, Due(NOON), ""), Deferral(running, Due(NOON), "")])
        with pytest.raises(IllegalMove):
            await storage.finish_many([over(running, delivery(running.call.id)), again(waiting)])
        with pytest.raises(IllegalMove):
            await storage.finish_many([over(waiting, interrupted=True)])
        states = [(await storage.call(claim.call.id)).state for claim in (running, waiting)]
        assert states == [CallState.DIALLING, CallState.CLAIMED]
        assert len(await storage.attempts(running.call.id)) == 1
        assert await storage.attempts(waiting.call.id) == []
        assert await storage.deliveries() == []

    async def test_one_invocation_names_a_call_once(self, storage: QueueStorage) -> None:
        (claim,) = await claimed(storage, new_call())
        with pytest.raises(ValueError, match=str(claim.call.id)):
            await storage.dial_many([claim, claim], NOON)
        with pytest.raises(ValueError, match=str(claim.call.id)):
            await storage.finish_many([over(claim), over(claim)])
        assert (await storage.call(claim.call.id)).state is CallState.CLAIMED

    async def test_a_delivery_id_is_taken_once(self, storage: QueueStorage) -> None:
        first, second = await claimed(storage, new_call(), new_call())
        with pytest.raises(ValueError, match="delivery-1"):
            await storage.finish_many([over(first, delivery(first.call.id)), over(second, delivery(second.call.id))])
        await storage.finish_many([over(first, delivery(first.call.id))])
        with pytest.raises(ValueError, match="delivery-1"):
            await storage.finish_many([over(second, delivery(second.call.id))])
        assert (await storage.call(second.call.id)).state is CallState.CLAIMED

    async def test_a_finish_that_contradicts_itself_cannot_be_made(self, storage: QueueStorage) -> None:
        (claim,) = await claimed(storage, new_call())
        with pytest.raises(ValueError, match="either"):
            Finish(claim, NOON, CalleeType.BUSY)
        with pytest.raises(ValueError, match="either"):
            Finish(claim, NOON, CalleeType.BUSY, retry=Due(NOON), result=result(claim.call))
        with pytest.raises(ValueError, match="no result yet"):
            Finish(claim, NOON, CalleeType.BUSY, retry=Due(NOON), deliveries=(delivery(claim.call.id),))
        with pytest.raises(ValueError, match="not deliveries of call"):
            over(claim, delivery(claim.call.id + 1))

    async def test_commands_and_cancelling_need_an_existing_call(self, storage: QueueStorage) -> None:
        with pytest.raises(NotFound):
            await storage.cancel(77, NOON, "n", LATER)

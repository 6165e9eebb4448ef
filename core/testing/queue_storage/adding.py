"""Putting calls into the queue, and what comes back when one looks."""

from typing import cast

import pytest

from mirabelle.core.interfaces.queue import Added, IdempotencyKey, NewCall, NotFound, QueueStorage
from mirabelle.core.testing.queue_storage.samples import LATER, NOON, StorageChapter, added, new_call
from mirabelle.core.types import Call, CalleeDetection, CallRequest, CallState, Due

FULL = CallRequest(
    account="acme",
    phone_number="(212) 555-0100 ext. 4",
    destination="+12125550100",
    start_url="http://app.example/start?a=1&b=%20",
    caller_id="+12125550199",
    post_dial="ww4#",
    result_url="http://app.example/result",
    message_reference="Größe 你好 🎉",
    call_parameters="a=1;b='x'\"\\\n\t",
    campaign_parameters="{}",
    campaign="Frühling / 1",
    max_retries=3,
    retry_interval=90.5,
    not_before_at=NOON + 0.125,
    expires_at=NOON + 3600.5,
    callee_detection=CalleeDetection.SYNC,
    max_ring_time=17.25,
    time_zone="Europe/Berlin",
    variables={"Name": "Zoë", "": "empty"},
)


class AddingContract(StorageChapter):
    """`add_many`, `call`, `attempts`."""

    async def test_a_call_comes_back_as_it_was_added(self, storage: QueueStorage) -> None:
        (call_id,) = await added(storage, new_call(due=NOON + 0.5, rank=-3))
        (full,) = await storage.add_many([new_call(due=NOON)], NOON)
        assert await storage.call(call_id) == Call(
            call_id, new_call().request, CallState.QUEUED, NOON, Due(NOON + 0.5, -3)
        )
        assert full == Added(call_id + 1)

    async def test_every_field_of_a_request_is_kept_to_the_letter(self, storage: QueueStorage) -> None:
        fields = {name: getattr(FULL, name) for name in FULL.__slots__ if name not in REQUIRED}
        new = new_call(**fields)
        (call_id,) = await added(storage, new)
        kept = (await storage.call(call_id)).request
        assert kept == new.request
        assert dict(kept.variables) == {"Name": "Zoë", "": "empty"}

    async def test_ids_are_positive_and_rise_in_the_order_given(self, storage: QueueStorage) -> None:
        first = await added(storage, *(new_call(message_reference=str(n)) for n in range(5)))
        second = await added(storage, new_call(), new_call())
        assert first[0] > 0
        assert first + second == sorted(set(first + second))
        assert [(await storage.call(call_id)).request.message_reference for call_id in first] == list("01234")

    async def test_thousands_are_added_at_once(self, storage: QueueStorage) -> None:
        ids = await added(storage, *(new_call(due=NOON + n) for n in range(2500)))
        assert len(set(ids)) == 2500
        assert (await storage.call(ids[-1])).due == Due(NOON + 2499)
        assert (await storage.counts())[CallState.QUEUED] == 2500

    async def test_nothing_to_add_is_fine(self, storage: QueueStorage) -> None:
        assert await storage.add_many([], NOON) == []

    async def test_all_are_added_or_none(self, storage: QueueStorage) -> None:
        nonsense = cast(NewCall, None)
        with pytest.raises(AttributeError):
            await storage.add_many([new_call(key=IdempotencyKey("k", LATER)), nonsense, new_call()], NOON)
        assert (await storage.counts())[CallState.QUEUED] == 0
        (answer,) = await storage.add_many([new_call(key=IdempotencyKey("k", LATER))], NOON)
        assert not answer.repeated

    async def test_what_does_not_exist_is_not_found(self, storage: QueueStorage) -> None:
        for call_id in (1, 0, -1, 10**12):
            with pytest.raises(NotFound, match=str(call_id)):
                await storage.call(call_id)
            with pytest.raises(NotFound, match=str(call_id)):
                await storage.attempts(call_id)

    async def test_a_call_that_was_never_dialled_has_no_attempts(self, storage: QueueStorage) -> None:
        (call_id,) = await added(storage, new_call())
        assert await storage.attempts(call_id) == []

    async def test_a_key_repeated_gives_the_first_call_and_its_memo(self, storage: QueueStorage) -> None:
        key = IdempotencyKey("order-7", NOON + 3600, "fingerprint")
        (first,) = await storage.add_many([new_call(key=key)], NOON)
        again = IdempotencyKey("order-7", NOON + 9999, "another fingerprint")
        (second,) = await storage.add_many([new_call(key=again, message_reference="another")], NOON + 3599)
        assert (first.repeated, first.memo) == (False, "fingerprint")
        assert second == Added(first.call_id, repeated=True, memo="fingerprint")
        assert (await storage.counts())[CallState.QUEUED] == 1

    async def test_a_key_is_free_again_when_it_expires(self, storage: QueueStorage) -> None:
        for at, memo in ((NOON, "one"), (NOON + 3600, "two")):
            (answer,) = await storage.add_many([new_call(key=IdempotencyKey("k", at + 3600, memo))], at)
            assert (answer.repeated, answer.memo) == (False, memo)
        (third,) = await storage.add_many([new_call(key=IdempotencyKey("k", NOON, ""))], NOON + 3601)
        assert third == Added(answer.call_id, repeated=True, memo="two")

    async def test_a_key_twice_in_a_batch_is_one_call(self, storage: QueueStorage) -> None:
        calls = [
            new_call(key=IdempotencyKey("k", NOON + 60, "first")),
            new_call(),
            new_call(key=IdempotencyKey("k", NOON + 60, "second")),
        ]
        first, other, second = await storage.add_many(calls, NOON)
        assert second == Added(first.call_id, repeated=True, memo="first")
        assert other.call_id > first.call_id
        assert (await storage.counts())[CallState.QUEUED] == 2

    async def test_keys_of_different_accounts_are_different_keys(self, storage: QueueStorage) -> None:
        key = IdempotencyKey("k", NOON + 60)
        answers = await storage.add_many([new_call("acme", key=key), new_call("zoe", key=key)], NOON)
        assert [answer.repeated for answer in answers] == [False, False]

    async def test_a_key_can_be_looked_up_while_it_holds(self, storage: QueueStorage) -> None:
        assert await storage.repeated("acme", "k", NOON) is None
        (first,) = await storage.add_many([new_call("acme", key=IdempotencyKey("k", NOON + 60, "memo"))], NOON)
        assert await storage.repeated("acme", "k", NOON + 59) == Added(first.call_id, repeated=True, memo="memo")
        assert await storage.repeated("acme", "k", NOON + 60) is None
        assert await storage.repeated("zoe", "k", NOON) is None


REQUIRED = ("account", "phone_number", "destination", "start_url")

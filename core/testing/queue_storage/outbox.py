"""The outbox: results that wait until their receiver has acknowledged them."""

from dataclasses import replace

import pytest

from mirabelle.core.interfaces.queue import NotFound, QueueStorage
from mirabelle.core.testing.queue_storage.samples import (
    LATER,
    NOON,
    StorageChapter,
    claimed,
    delivery,
    new_call,
    over,
)
from mirabelle.core.types import Delivery, DeliveryState


async def posted(storage: QueueStorage, *names_and_dues: tuple[str, float]) -> list[Delivery]:
    """Finish a call with these deliveries."""
    (claim,) = await claimed(storage, new_call())
    deliveries = [delivery(claim.call.id, name, due) for name, due in names_and_dues]
    await storage.finish_many([over(claim, *deliveries)])
    return deliveries


def names(deliveries: list[Delivery]) -> list[str]:
    """Their ids."""
    return [one.id for one in deliveries]


class OutboxContract(StorageChapter):
    """Deliveries: stored with the end of the call, offered under a lease, kept when nobody wants them."""

    async def test_a_delivery_is_stored_with_the_result_to_the_byte(self, storage: QueueStorage) -> None:
        deliveries = await posted(storage, ("d1", NOON), ("d2", NOON))
        assert await storage.deliveries() == deliveries[::-1]
        assert await storage.claim_deliveries(NOON, LATER, 9) == deliveries

    async def test_only_due_deliveries_are_offered_the_longest_due_first(self, storage: QueueStorage) -> None:
        await posted(storage, ("late", NOON + 2), ("early", NOON + 1), ("tie", NOON + 2), ("future", NOON + 9))
        assert names(await storage.claim_deliveries(NOON + 2, LATER, 2)) == ["early", "late"]
        assert names(await storage.claim_deliveries(NOON + 2, LATER, 2)) == ["tie"]
        assert await storage.claim_deliveries(NOON + 2, LATER, 0) == []

    async def test_what_is_under_lease_is_not_offered_until_the_lease_ends(self, storage: QueueStorage) -> None:
        await posted(storage, ("d1", NOON))
        assert len(await storage.claim_deliveries(NOON, LATER, 9)) == 1
        assert await storage.claim_deliveries(LATER - 0.001, LATER, 9) == []
        (again,) = await storage.claim_deliveries(LATER, LATER + 60, 9)
        assert (again.due_at, again.tries) == (NOON, 0)

    async def test_what_is_delivered_is_not_offered_again(self, storage: QueueStorage) -> None:
        (one,) = await posted(storage, ("d1", NOON))
        await storage.claim_deliveries(NOON, LATER, 9)
        await storage.delivered("d1", NOON + 1)
        assert await storage.claim_deliveries(LATER * 2, LATER * 3, 9) == []
        assert await storage.deliveries() == [replace(one, state=DeliveryState.DELIVERED, tries=1)]

    async def test_a_failed_try_is_counted_and_postponed(self, storage: QueueStorage) -> None:
        (one,) = await posted(storage, ("d1", NOON))
        await storage.claim_deliveries(NOON, LATER, 9)
        await storage.postpone_delivery("d1", NOON + 10, "HTTP 503")
        assert await storage.claim_deliveries(NOON + 9, LATER, 9) == []
        (offered,) = await storage.claim_deliveries(NOON + 10, LATER, 9)
        assert offered == replace(one, due_at=NOON + 10, tries=1, last_error="HTTP 503")

    async def test_a_dead_letter_is_kept_and_can_be_resent(self, storage: QueueStorage) -> None:
        (one,) = await posted(storage, ("d1", NOON))
        await storage.bury_delivery("d1", NOON + 1, "gave up")
        dead = replace(one, state=DeliveryState.DEAD, tries=1, last_error="gave up")
        assert await storage.deliveries(DeliveryState.DEAD) == [dead]
        assert await storage.claim_deliveries(LATER * 2, LATER * 3, 9) == []
        await storage.resend_delivery("d1", NOON + 50)
        (offered,) = await storage.claim_deliveries(NOON + 50, LATER, 9)
        assert offered == replace(dead, state=DeliveryState.PENDING, tries=0, due_at=NOON + 50)

    async def test_late_news_does_not_undo_a_delivery(self, storage: QueueStorage) -> None:
        await posted(storage, ("d1", NOON))
        await storage.delivered("d1", NOON)
        await storage.postpone_delivery("d1", NOON + 10, "late")
        await storage.bury_delivery("d1", NOON + 10, "later")
        (one,) = await storage.deliveries()
        assert (one.state, one.tries, one.due_at, one.last_error) == (DeliveryState.DELIVERED, 3, NOON, "")
        assert await storage.claim_deliveries(LATER * 2, LATER * 3, 9) == []

    async def test_a_dead_letter_that_arrived_after_all_is_delivered(self, storage: QueueStorage) -> None:
        await posted(storage, ("d1", NOON))
        await storage.bury_delivery("d1", NOON, "time-out")
        await storage.postpone_delivery("d1", NOON + 10, "late")
        assert (await storage.deliveries())[0].state is DeliveryState.DEAD
        await storage.delivered("d1", NOON)
        assert (await storage.deliveries())[0].state is DeliveryState.DELIVERED

    async def test_deliveries_are_listed_by_state_and_call(self, storage: QueueStorage) -> None:
        first = await posted(storage, ("a1", NOON), ("a2", NOON))
        await posted(storage, ("b1", NOON))
        await storage.delivered("a1", NOON)
        call_id = first[0].call_id
        assert names(await storage.deliveries()) == ["b1", "a2", "a1"]
        assert names(await storage.deliveries(limit=2)) == ["b1", "a2"]
        assert names(await storage.deliveries(DeliveryState.PENDING)) == ["b1", "a2"]
        assert names(await storage.deliveries(call_id=call_id)) == ["a2", "a1"]
        assert names(await storage.deliveries(DeliveryState.DELIVERED, call_id)) == ["a1"]
        assert names(await storage.deliveries(DeliveryState.DEAD)) == []

    async def test_an_unknown_delivery_is_not_found(self, storage: QueueStorage) -> None:
        await posted(storage, ("d1", NOON))
        with pytest.raises(NotFound, match="d9"):
            await storage.delivered("d9", NOON)
        with pytest.raises(NotFound, match="d9"):
            await storage.postpone_delivery("d9", NOON, "x")
        with pytest.raises(NotFound, match="d9"):
            await storage.bury_delivery("d9", NOON, "x")
        with pytest.raises(NotFound, match="d9"):
            await storage.resend_delivery("d9", NOON)

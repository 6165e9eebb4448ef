"""Which calls are offered, in which order, and within which room."""

from mirabelle.core.interfaces.queue import Deferral, QueueStorage
from mirabelle.core.testing.queue_storage.samples import (
    EVERYWHERE,
    LATER,
    NOON,
    StorageChapter,
    added,
    again,
    claimed,
    dialling,
    ids,
    lost,
    new_call,
    over,
)
from mirabelle.core.types import CallState, Due, Room


class ClaimingContract(StorageChapter):
    """`claim`, `defer_many`, `expire`, `cancel`."""

    async def test_a_claim_shows_the_call_its_owner_and_its_lease(self, storage: QueueStorage) -> None:
        (claim,) = await claimed(storage, new_call())
        assert (claim.owner, claim.lease_until) == ("node-1", LATER)
        assert claim.call == await storage.call(claim.call.id)
        assert claim.call.state is CallState.CLAIMED

    async def test_a_call_is_given_once(self, storage: QueueStorage) -> None:
        assert len(await claimed(storage, new_call())) == 1
        assert await storage.claim(NOON, "node-2", LATER, EVERYWHERE, 10) == []

    async def test_only_what_is_due_is_given(self, storage: QueueStorage) -> None:
        now, soon = await added(storage, new_call(due=NOON), new_call(due=NOON + 0.001))
        assert ids(await storage.claim(NOON, "n", LATER, EVERYWHERE, 10)) == [now]
        assert ids(await storage.claim(NOON + 0.001, "n", LATER, EVERYWHERE, 10)) == [soon]

    async def test_an_expired_call_is_never_given(self, storage: QueueStorage) -> None:
        (_, alive) = await added(storage, new_call(expires_at=NOON), new_call(expires_at=NOON + 0.001))
        assert ids(await storage.claim(NOON, "n", LATER, EVERYWHERE, 10)) == [alive]

    async def test_order_is_rank_then_due_time_then_id(self, storage: QueueStorage) -> None:
        low, late, early, tie, urgent = await added(
            storage,
            new_call(due=NOON - 99, rank=1),
            new_call(due=NOON - 1),
            new_call(due=NOON - 2),
            new_call(due=NOON - 1),
            new_call(due=NOON, rank=-1),
        )
        claims = await storage.claim(NOON, "n", LATER, EVERYWHERE, 10)
        assert ids(claims) == [urgent, early, late, tie, low]

    async def test_campaigns_of_an_account_share_one_order(self, storage: QueueStorage) -> None:
        calls = [new_call(due=NOON - n % 4, rank=n % 3, campaign=f"c{n % 5}") for n in range(30)]
        expected = sorted(
            zip(await added(storage, *calls), calls, strict=True), key=lambda pair: (pair[1].due.rank, pair[1].due.at)
        )
        claims = [claim for _ in range(10) for claim in await storage.claim(NOON, "n", LATER, EVERYWHERE, 3)]
        assert ids(claims) == [call_id for call_id, _ in expected]

    async def test_no_more_than_the_limit(self, storage: QueueStorage) -> None:
        first, second, third = await added(storage, *[new_call()] * 3)
        assert await storage.claim(NOON, "n", LATER, EVERYWHERE, 0) == []
        assert ids(await storage.claim(NOON, "n", LATER, EVERYWHERE, 2)) == [first, second]
        assert ids(await storage.claim(NOON, "n", LATER, EVERYWHERE, 2)) == [third]

    async def test_accounts_take_turns(self, storage: QueueStorage) -> None:
        a1, a2, a3 = await added(storage, *[new_call("a", due=NOON - 9)] * 3)
        b1, b2 = await added(storage, *[new_call("b", due=NOON - 5)] * 2)
        c1, c2 = await added(storage, new_call("c", due=NOON - 1), new_call("c", due=NOON, rank=-1))
        claims = await storage.claim(NOON, "n", LATER, EVERYWHERE, 6)
        assert ids(claims) == [c2, a1, b1, a2, b2, c1]
        assert ids(await storage.claim(NOON, "n", LATER, EVERYWHERE, 6)) == [a3]

    async def test_turns_go_on_from_claim_to_claim(self, storage: QueueStorage) -> None:
        a1, a2, a3 = await added(storage, *[new_call("a", due=NOON - 9)] * 3)
        b1, b2 = await added(storage, *[new_call("b", due=NOON - 5)] * 2)
        one_by_one = [claim for _ in range(3) for claim in await storage.claim(NOON, "n", LATER, EVERYWHERE, 1)]
        (c1,) = await added(storage, new_call("c"))
        rest = await storage.claim(NOON, "n", LATER, EVERYWHERE, 9)
        assert ids(one_by_one) == [a1, b1, a2]
        assert ids(rest) == [b2, c1, a3]

    async def test_an_account_that_was_quiet_has_saved_no_turns(self, storage: QueueStorage) -> None:
        await claimed(storage, *[new_call("a")] * 20)
        b = await added(storage, *[new_call("b")] * 3)
        a = await added(storage, *[new_call("a")] * 3)
        claims = await storage.claim(NOON, "n", LATER, EVERYWHERE, 9)
        assert ids(claims) == [b[0], b[1], a[0], b[2], a[1], a[2]]

    async def test_the_room_of_the_platform_is_kept(self, storage: QueueStorage) -> None:
        await added(storage, *[new_call()] * 5)
        for channels, expected in ((0, 0), (-1, 0), (2, 2), (None, 3)):
            claims = await storage.claim(NOON, "n", LATER, Room(platform=channels), 10)
            assert len(claims) == expected

    async def test_the_room_of_accounts_is_kept(self, storage: QueueStorage) -> None:
        await added(storage, *[new_call("a")] * 3, *[new_call("b")] * 3, *[new_call("c")] * 3)
        claims = await storage.claim(NOON, "n", LATER, Room(accounts={"a": 0, "b": 2}), 20)
        assert sorted(claim.call.request.account for claim in claims) == ["b", "b", "c", "c", "c"]

    async def test_the_room_of_campaigns_is_kept(self, storage: QueueStorage) -> None:
        full = [new_call("a", due=NOON - 9, campaign="full")] * 120
        narrow = [new_call("a", due=NOON - 8, campaign="narrow")] * 4
        await added(storage, *full, *narrow, *[new_call("a", campaign="free")] * 3, new_call("b", campaign="full"))
        room = Room(campaigns={("a", "full"): 0, ("a", "narrow"): 2})
        claims = await storage.claim(NOON, "n", LATER, room, 50)
        names = sorted((claim.call.request.account, claim.call.request.campaign) for claim in claims)
        assert names == [*[("a", "free")] * 3, *[("a", "narrow")] * 2, ("b", "full")]

    async def test_all_rooms_hold_at_once(self, storage: QueueStorage) -> None:
        calls = [new_call(account, campaign=campaign) for account in "ab" for campaign in "xy" for _ in range(10)]
        await added(storage, *calls)
        room = Room(platform=7, accounts={"a": 5}, campaigns={("a", "x"): 1, ("b", "x"): 2})
        claims = await storage.claim(NOON, "n", LATER, room, 50)
        taken = [(claim.call.request.account, claim.call.request.campaign) for claim in claims]
        assert len(taken) == 7
        assert taken.count(("a", "x")) <= 1
        assert taken.count(("b", "x")) <= 2
        assert sum(account == "a" for account, _ in taken) == 4

    async def test_a_deferred_call_comes_back_when_it_is_due(self, storage: QueueStorage) -> None:
        (claim,) = await claimed(storage, new_call())
        assert await storage.defer_many([Deferral(claim, Due(NOON + 10, 7), "outside hours")]) == [None]
        call = await storage.call(claim.call.id)
        assert (call.state, call.due, call.waiting_for, call.attempts) == (
            CallState.QUEUED,
            Due(NOON + 10, 7),
            "outside hours",
            0,
        )
        assert await storage.claim(NOON + 9, "n", LATER, EVERYWHERE, 1) == []
        (second,) = await storage.claim(NOON + 10, "n", LATER, EVERYWHERE, 1)
        assert second.token > claim.token

    async def test_expired_calls_are_taken_for_their_results(self, storage: QueueStorage) -> None:
        late, early, _, _ = await added(
            storage,
            new_call(expires_at=NOON, due=NOON + 99),
            new_call(expires_at=NOON - 1),
            new_call(expires_at=NOON + 1),
            new_call(),
        )
        assert ids(await storage.expire(NOON, "node-1", LATER, 1)) == [early]
        (claim,) = await storage.expire(NOON, "node-1", LATER, 9)
        assert (claim.call.id, claim.call.state, claim.owner, claim.lease_until) == (
            late,
            CallState.CLAIMED,
            "node-1",
            LATER,
        )
        assert await storage.expire(NOON, "node-1", LATER, 9) == []
        assert await storage.finish_many([over(claim)]) == [None]

    async def test_a_running_call_does_not_expire(self, storage: QueueStorage) -> None:
        (claim,) = await dialling(storage, new_call(expires_at=NOON + 1))
        assert await storage.expire(NOON + 2, "n", LATER, 9) == []
        await storage.finish_many([again(claim, due=NOON + 500)])
        assert ids(await storage.expire(NOON + 2, "n", LATER, 9)) == [claim.call.id]

    async def test_a_queued_call_can_be_cancelled(self, storage: QueueStorage) -> None:
        (call_id,) = await added(storage, new_call(due=NOON + 9999))
        claim = await storage.cancel(call_id, NOON, "node-1", LATER)
        assert claim is not None
        assert (claim.call.id, claim.call.state, claim.owner) == (call_id, CallState.CLAIMED, "node-1")
        assert await storage.cancel(call_id, NOON, "node-2", LATER) is None
        assert lost(await storage.finish_many([over(claim)])) == [False]
        assert await storage.cancel(call_id, NOON, "node-1", LATER) is None

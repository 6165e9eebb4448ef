"""Random histories: whatever happens, the file answers as the model in memory does."""

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from operator import methodcaller
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, multiple, rule

from mirabelle.core.interfaces.component import NoOptions
from mirabelle.core.interfaces.queue import Deferral, IdempotencyKey, LeaseLost, NotFound, QueueStorage
from mirabelle.core.lifecycle import IllegalMove
from mirabelle.core.testing.queue_storage.samples import again, delivery, new_call, over
from mirabelle.core.testing.storages import lent_to_storage
from mirabelle.core.types import Claim, Command, DeliveryState, Due, Room
from mirabelle.plugins.queue_memory import MemoryQueue
from mirabelle.plugins.queue_sqlite import SqliteOptions, SqliteQueue

START = 1000.0
ACCOUNTS = st.sampled_from(["a", "b", "c"])
CAMPAIGNS = st.sampled_from(["x", "y"])
OWNERS = st.sampled_from(["node-1", "node-2"])
SPANS = st.integers(-3, 6).map(float)
ROOMS = st.builds(
    Room,
    platform=st.none() | st.integers(0, 4),
    accounts=st.dictionaries(ACCOUNTS, st.integers(0, 3), max_size=2),
    campaigns=st.dictionaries(st.tuples(ACCOUNTS, CAMPAIGNS), st.integers(0, 2), max_size=3),
)
KEYS = st.none() | st.builds(lambda key, span: (key, span), st.sampled_from(["k1", "k2"]), SPANS)
CALLS = st.tuples(ACCOUNTS, CAMPAIGNS, SPANS, st.integers(-1, 1), st.none() | SPANS, KEYS)


class SqliteIsLikeMemory(RuleBasedStateMachine):
    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        lent = lent_to_storage(Path(self.folder.name))
        self.runner = asyncio.Runner()
        self.memory = MemoryQueue(NoOptions(), lent)
        self.sqlite = SqliteQueue(SqliteOptions(), lent)
        self.runner.run(self.sqlite.open())
        self.now = START
        self.calls = 0
        self.deliveries = 0

    def teardown(self) -> None:
        self.somebody_looks(None, None)
        for call_id in range(self.calls + 2):
            self.both(methodcaller("call", call_id))
            self.both(methodcaller("attempts", call_id))
        self.both(lambda storage: storage.deliveries(limit=1000))
        self.runner.run(self.sqlite.close())
        self.runner.close()
        self.folder.cleanup()

    def both(self, ask: Callable[[QueueStorage], Coroutine[Any, Any, Any]]) -> Any:
        """What both answer, which must be the same."""
        expected = self.runner.run(_answer(ask(self.memory)))
        assert self.runner.run(_answer(ask(self.sqlite))) == expected
        return expected

    @rule(span=st.integers(1, 4))
    def time_passes(self, span: int) -> None:
        self.now += span

    @initialize(calls=st.lists(st.tuples(ACCOUNTS, CAMPAIGNS), min_size=3, max_size=9))
    def some_calls_are_due(self, calls: list[tuple[str, str]]) -> None:
        self.add([(account, campaign, -1.0, 0, None, None) for account, campaign in calls])

    @rule(calls=st.lists(CALLS, max_size=6))
    def add(self, calls: list[tuple[str, str, float, int, float | None, tuple[str, float] | None]]) -> None:
        new = [
            new_call(
                account,
                self.now + due,
                rank,
                key and IdempotencyKey(key[0], self.now + key[1], f"memo {self.calls}"),
                campaign=campaign,
                expires_at=None if expires is None else self.now + expires,
            )
            for account, campaign, due, rank, expires, key in calls
        ]
        self.both(lambda storage: storage.add_many(new, self.now))
        self.calls += len(new)

    @rule(target=claims, owner=OWNERS, room=ROOMS, limit=st.integers(0, 6), lease=st.integers(0, 6))
    def claim(self, owner: str, room: Room, limit: int, lease: int) -> Any:
        return self._claims(lambda storage: storage.claim(self.now, owner, self.now + lease, room, limit))

    @rule(target=claims, owner=OWNERS, limit=st.integers(0, 3))
    def lapsed(self, owner: str, limit: int) -> Any:
        return self._claims(lambda storage: storage.lapsed(self.now, owner, self.now + 5, limit))

    @rule(target=claims, owner=OWNERS, limit=st.integers(0, 3))
    def expire(self, owner: str, limit: int) -> Any:
        return self._claims(lambda storage: storage.expire(self.now, owner, self.now + 5, limit))

    @rule(target=claims, owner=OWNERS, call_id=st.integers(1, 12))
    def cancel(self, owner: str, call_id: int) -> Any:
        claim = self.both(lambda storage: storage.cancel(call_id, self.now, owner, self.now + 5))
        return claim if isinstance(claim, Claim) else multiple()

    @rule(target=claims, batch=st.lists(claims, max_size=4))
    def dial(self, batch: list[Claim]) -> Any:
        return self._claims(lambda storage: storage.dial_many(batch, self.now))

    @rule(claim=claims)
    def answer(self, claim: Claim) -> None:
        self.both(lambda storage: storage.answered(claim, self.now))

    @rule(batch=st.lists(claims, max_size=3), span=SPANS, rank=st.integers(-1, 1))
    def defer(self, batch: list[Claim], span: float, rank: int) -> None:
        deferrals = [Deferral(claim, Due(self.now + span, rank), f"until {span}") for claim in batch]
        self.both(lambda storage: storage.defer_many(deferrals))

    @rule(batch=st.lists(claims, max_size=3), lease=st.integers(0, 9))
    def renew(self, batch: list[Claim], lease: int) -> None:
        self.both(lambda storage: storage.renew_many(batch, self.now + lease))

    @rule(
        batch=st.lists(st.tuples(claims, st.booleans(), st.booleans(), SPANS), max_size=3),
        reuse=st.sampled_from([False, False, False, True]),
    )
    def finish(self, batch: list[tuple[Claim, bool, bool, float]], reuse: bool) -> None:
        finishes = []
        for claim, retry, interrupted, span in batch:
            self.deliveries += 0 if reuse else 1
            post = delivery(claim.call.id, f"d{self.deliveries}", self.now + span)
            ends = again(claim, self.now + span, interrupted=interrupted)
            finishes.append(ends if retry else over(claim, post, interrupted=interrupted))
        self.both(lambda storage: storage.finish_many(finishes))

    @rule(call_id=st.integers(0, 12), owner=OWNERS)
    def command(self, call_id: int, owner: str) -> None:
        self.both(lambda storage: storage.send(call_id, Command.HANG_UP))
        self.both(lambda storage: storage.commands(owner))

    @rule(limit=st.integers(0, 4), lease=st.integers(0, 6))
    def claim_deliveries(self, limit: int, lease: int) -> None:
        self.both(lambda storage: storage.claim_deliveries(self.now, self.now + lease, limit))

    @rule(number=st.integers(0, 3), news=st.sampled_from(["delivered", "postpone", "bury", "resend"]), span=SPANS)
    def news_of_a_delivery(self, number: int, news: str, span: float) -> None:
        name = f"d{number}"
        tell: dict[str, Callable[[QueueStorage], Coroutine[Any, Any, None]]] = {
            "delivered": lambda storage: storage.delivered(name, self.now),
            "postpone": lambda storage: storage.postpone_delivery(name, self.now + span, "HTTP 503"),
            "bury": lambda storage: storage.bury_delivery(name, self.now, "gave up"),
            "resend": lambda storage: storage.resend_delivery(name, self.now),
        }
        self.both(tell[news])

    @rule()
    def the_process_starts_again(self) -> None:
        self.runner.run(self.sqlite.close())
        self.runner.run(self.sqlite.open())

    @rule(state=st.none() | st.sampled_from(DeliveryState), call_id=st.none() | st.integers(1, 9))
    def somebody_looks(self, state: DeliveryState | None, call_id: int | None) -> None:
        self.both(lambda storage: storage.deliveries(state, call_id, 5))
        self.both(lambda storage: storage.counts())
        self.both(lambda storage: storage.running())
        self.both(lambda storage: storage.next_due(self.now))

    def _claims(self, ask: Callable[[QueueStorage], Coroutine[Any, Any, Any]]) -> Any:
        answer = self.both(ask)
        return (
            multiple(*(claim for claim in answer if isinstance(claim, Claim)))
            if isinstance(answer, list)
            else multiple()
        )


async def _answer(ask: Coroutine[Any, Any, Any]) -> Any:
    """The answer, or the error, in a form that can be compared."""
    try:
        answer = await ask
    except (IllegalMove, LeaseLost, NotFound, ValueError) as error:
        return repr(error)
    return (
        [repr(item) if isinstance(item, LeaseLost) else item for item in answer] if isinstance(answer, list) else answer
    )


TestSqliteIsLikeMemory = SqliteIsLikeMemory.TestCase
TestSqliteIsLikeMemory.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

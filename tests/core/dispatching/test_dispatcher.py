import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

import pytest

from mirabelle.core.dispatcher import Dispatcher, Surroundings
from mirabelle.core.dispatching.claiming import UnknownFact
from mirabelle.core.dispatching.options import DispatchOptions
from mirabelle.core.interfaces.component import NoOptions, StorageFailed
from mirabelle.core.interfaces.policy import Defer, Facts, Planning, SchedulingPolicy
from mirabelle.core.interfaces.queue import NewCall
from mirabelle.core.scheduling import SchedulingChain
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.exchange import BUSY, VOICE, Callee, Exchange
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.scheduling_policy import REQUEST
from mirabelle.core.testing.virtual_time import START, VirtualClock
from mirabelle.core.types import (
    Account,
    AccountSecrets,
    Attempt,
    AttemptState,
    Call,
    CalleeType,
    CallState,
    Claim,
    Command,
    Due,
    Event,
    EventKind,
    Outcome,
    Result,
    Room,
)
from mirabelle.plugins.policy_retry import RetryPolicy
from mirabelle.plugins.policy_window import WindowPolicy
from mirabelle.plugins.queue_memory import MemoryDirectory, MemoryQueue

OPTIONS = DispatchOptions(poll=3600.0)
POSTED = replace(REQUEST, result_url="http://app.example/result")
CHAIN = [WindowPolicy(NoOptions(), lent()), RetryPolicy(NoOptions(), lent())]


class Unreliable(MemoryQueue):
    """Fails as it is told: `fails` holds names of methods. `asked` counts what it was asked."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(NoOptions(), lent(clock))
        self.fails: set[str] = set()
        self.asked: list[str] = []
        self.takes: dict[str, float] = {}

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name.startswith("_") or not callable(found) or not hasattr(MemoryQueue, name):
            return found

        async def asked(*arguments: Any) -> Any:
            self.asked.append(name)
            if name in self.takes:
                await self.lent.clock.sleep(self.takes[name])
            if name in self.fails or "all" in self.fails:
                raise StorageFailed(f"{name}: disk full")
            return await found(*arguments)

        return asked


@dataclass
class World:
    clock: VirtualClock
    storage: Unreliable
    directory: MemoryDirectory
    exchange: Exchange
    events: list[Event] = field(default_factory=list)
    results: int = 0

    def on_result(self) -> None:
        self.results += 1

    def dispatcher(
        self, options: DispatchOptions = OPTIONS, owner: str = "node", chain: Any = CHAIN, **more: Any
    ) -> Dispatcher:
        surroundings = Surroundings(
            self.storage,
            self.directory,
            SchedulingChain(chain),
            self.clock,
            random.Random(0),
            self.events.append,
            on_result=self.on_result,
        )
        return Dispatcher(surroundings, self.exchange.attempt, options, owner, **more)

    async def queue(self, *requests: Any) -> list[int]:
        now = self.clock.now()
        calls = [NewCall(request, Due(max(now, request.not_before_at))) for request in requests or [POSTED]]
        return [added.call_id for added in await self.storage.add_many(calls, now)]

    async def result(self, call_id: int) -> Result:
        ended = (await self.storage.call(call_id)).result
        assert ended is not None
        return ended

    async def states(self) -> dict[CallState, int]:
        return {state: count for state, count in (await self.storage.counts()).items() if count}

    def told(self, kind: EventKind) -> list[Event]:
        return [event for event in self.events if event.kind is kind]

    def problems(self) -> list[str]:
        return [str(event.data["problem"]) for event in self.events if "problem" in event.data]


Test = Callable[[World], Coroutine[Any, Any, None]]


def in_world(test: Test, script: Callable[[Claim], Callee] = lambda claim: VOICE) -> None:
    async def main(clock: VirtualClock) -> None:
        directory = MemoryDirectory(NoOptions(), lent(clock))
        for account in (Account("acme"), Account("small", channels=1), Account("again", retry_interrupted=True)):
            await directory.add_account(account, AccountSecrets("x"))
        await test(World(clock, Unreliable(clock), directory, Exchange(clock, script)))

    virtual_time.run(main)


def test_a_call_is_dialled_at_once_and_its_result_goes_to_the_outbox() -> None:
    async def test(world: World) -> None:
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        (call_id,) = await world.queue()
        dispatcher.wake()
        await world.clock.sleep(60)
        (dial,) = world.exchange.dials
        assert (dial.call_id, dial.attempt, dial.at) == (call_id, 1, START + 5)
        assert await world.result(call_id) == Result(
            Outcome.COMPLETED, CalleeType.VOICE, 1, START + 5, 10, reason="voice"
        )
        (attempt,) = await world.storage.attempts(call_id)
        assert attempt == Attempt(
            1, AttemptState.ENDED, START + 5, START + 7, START + 17, CalleeType.VOICE, cause="voice"
        )
        (delivery,) = await world.storage.deliveries()
        assert dict(parse_qsl(delivery.body.decode()))["result"] == "Completed"
        assert delivery.due_at == START + 17
        assert world.results == 1
        kinds = [event.kind for event in world.events]
        assert kinds == [EventKind.DIALLING, EventKind.ATTEMPT_ENDED, EventKind.FINISHED]
        await dispatcher.stop()

    in_world(test)


def test_what_another_process_queued_is_found_by_the_poll() -> None:
    async def test(world: World) -> None:
        dispatcher = world.dispatcher(DispatchOptions(poll=1.0))
        dispatcher.start()
        await world.clock.sleep(10.5)
        await world.queue()
        await world.clock.sleep(1)
        assert len(world.exchange.dials) == 1
        await dispatcher.stop()

    in_world(test)


def test_a_scheduled_call_is_dialled_when_its_window_opens() -> None:
    async def test(world: World) -> None:
        await world.queue(replace(POSTED, not_before_at=START + 1234.5))
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(2000)
        assert world.exchange.dials[0].at == pytest.approx(START + 1234.5, abs=0.01)
        await dispatcher.stop()

    in_world(test)


def test_a_failed_attempt_is_repeated_after_the_interval_from_its_end() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue(replace(POSTED, max_retries=2, retry_interval=600))
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(3000)
        times = [round(dial.at - START, 1) for dial in world.exchange.dials]
        assert times == [0.0, 601.0, 1202.0]
        assert [dial.attempt for dial in world.exchange.dials] == [1, 2, 3]
        result = await world.result(call_id)
        assert (result.outcome, result.callee_type, result.attempts) == (Outcome.FAILED, CalleeType.BUSY, 3)
        assert result.reason == "all attempts are used up (3)"
        assert len(await world.storage.deliveries()) == 1
        await dispatcher.stop()

    in_world(test, lambda claim: BUSY)


def test_an_exhausted_call_posts_at_once() -> None:
    async def test(world: World) -> None:
        await world.queue(replace(POSTED, expires_at=START + 5000))
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(10)
        assert (await world.storage.deliveries())[0].due_at == START + 1
        await dispatcher.stop()

    in_world(test, lambda claim: BUSY)


def test_a_call_whose_next_try_would_come_too_late_posts_at_its_expiration() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue(replace(POSTED, max_retries=5, retry_interval=600, expires_at=START + 300))
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(299)
        assert await world.storage.deliveries() == []
        await world.clock.sleep(6)
        (delivery,) = await world.storage.deliveries()
        assert START + 300 <= delivery.due_at <= START + 305
        result = await world.result(call_id)
        assert (result.outcome, result.callee_type, result.attempts) == (Outcome.FAILED, CalleeType.BUSY, 1)
        assert len(world.exchange.dials) == 1
        assert len(world.told(EventKind.EXPIRED)) == 1
        await dispatcher.stop()

    in_world(test, lambda claim: BUSY)


def test_a_call_that_was_never_dialled_expires_as_noattempt() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue(replace(POSTED, expires_at=START + 30))
        dispatcher = world.dispatcher(DispatchOptions(channels=0, poll=3600.0))
        dispatcher.start()
        await world.clock.sleep(40)
        result = await world.result(call_id)
        assert (result.outcome, result.callee_type, result.attempts) == (Outcome.FAILED, CalleeType.NOATTEMPT, 0)
        assert world.exchange.dials == []
        assert len(await world.storage.deliveries()) == 1
        await dispatcher.stop()

    in_world(test)


def test_channels_of_the_platform_are_never_exceeded_and_never_idle() -> None:
    async def test(world: World) -> None:
        await world.queue(*[POSTED] * 7)
        dispatcher = world.dispatcher(DispatchOptions(channels=3, batch=2, poll=3600.0))
        dispatcher.start()
        await world.clock.sleep(37)
        assert world.exchange.most_at_once == 3
        assert await world.states() == {CallState.FINISHED: 7}
        await dispatcher.stop()

    in_world(test)


def test_an_account_keeps_to_its_own_channels_and_holds_up_no_other() -> None:
    async def test(world: World) -> None:
        await world.queue(*[replace(POSTED, account="small")] * 3, POSTED, POSTED)
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(1)
        assert sorted(dial.call_id for dial in world.exchange.dials) == [1, 4, 5]
        await world.clock.sleep(40)
        assert await world.states() == {CallState.FINISHED: 5}
        await dispatcher.stop()

    in_world(test)


def test_a_call_of_an_account_that_is_gone_still_ends() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue(replace(POSTED, account="gone"))
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(60)
        assert (await world.result(call_id)).outcome is Outcome.COMPLETED
        await dispatcher.stop()

    in_world(test)


class Objecting(SchedulingPolicy):
    name = "objecting"
    needs = frozenset({"listed"})

    def plan(self, planning: Planning, now: float, account: Account) -> Due:
        return Due(now)

    def admit(self, call: Call, now: float, facts: Facts) -> Defer | None:
        if facts.values.get("listed"):
            raise RuntimeError("no idea")
        return None if now >= START + 100 else Defer(START + 100, "not before lunch")


def objecting() -> list[SchedulingPolicy]:
    policy = Objecting(NoOptions(), lent())
    policy.needs = frozenset()  # type: ignore[misc]
    return [policy]


def test_a_call_that_a_policy_puts_off_goes_back_without_an_attempt() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher(chain=objecting())
        dispatcher.start()
        await world.clock.sleep(50)
        call = await world.storage.call(call_id)
        assert (call.state, call.attempts, call.waiting_for) == (CallState.QUEUED, 0, "not before lunch")
        assert world.told(EventKind.DEFERRED)[0].data == {"until": START + 100, "reason": "not before lunch"}
        await world.clock.sleep(100)
        assert [dial.at for dial in world.exchange.dials] == pytest.approx([START + 100], abs=0.01)
        await dispatcher.stop()

    in_world(test)


def test_facts_that_nobody_can_tell_stop_the_start() -> None:
    async def test(world: World) -> None:
        with pytest.raises(UnknownFact, match="need listed"):
            world.dispatcher(chain=[Objecting(NoOptions(), lent())])

    in_world(test)


def test_a_cause_that_is_no_unicode_can_be_stored() -> None:
    async def test(world: World) -> None:
        await world.queue(POSTED)
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(60)
        assert (await world.storage.attempts(1))[0].cause == "RuntimeError: half ? a pair"
        await dispatcher.stop()

    in_world(test, lambda claim: Callee(talks=None, raises=RuntimeError("half \ud800 a pair")))


def test_an_exception_in_one_call_ends_it_and_hurts_no_other() -> None:
    scripts = {
        1: Callee(talks=None, raises=RuntimeError("no trunk")),
        2: Callee(raises=KeyError("document")),
        3: VOICE,
    }

    async def test(world: World) -> None:
        await world.queue(POSTED, POSTED, POSTED)
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(60)
        unanswered, answered, sound = [await world.result(call_id) for call_id in (1, 2, 3)]
        assert (unanswered.outcome, unanswered.callee_type) == (Outcome.FAILED, CalleeType.LINEFAILURE)
        assert (await world.storage.attempts(1))[0].cause == "RuntimeError: no trunk"
        assert (answered.outcome, answered.callee_type) == (Outcome.COMPLETED, CalleeType.UNKNOWN)
        assert answered.reason == "KeyError: 'document'"
        assert sound.callee_type is CalleeType.VOICE
        assert world.problems() == ["an attempt failed inside the platform"] * 2
        await dispatcher.stop()

    in_world(test, lambda claim: scripts[claim.call.id])


def test_a_hang_up_on_request_ends_the_call_for_good() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue(replace(POSTED, max_retries=3))
        dispatcher = world.dispatcher(DispatchOptions(poll=1.0))
        dispatcher.start()
        await world.clock.sleep(10)
        await world.storage.send(call_id, Command.HANG_UP)
        await world.clock.sleep(2)
        assert world.exchange.dials[0].hung_up
        result = await world.result(call_id)
        assert (result.callee_type, result.attempts, result.reason) == (CalleeType.UNKNOWN, 1, "hung up on request")
        await dispatcher.stop()

    in_world(test, lambda claim: Callee(rings=100, talks=None, callee_type=CalleeType.NOANSWER))


def test_leases_are_renewed_while_a_call_lasts() -> None:
    async def test(world: World) -> None:
        await world.queue()
        first, second = world.dispatcher(owner="first"), world.dispatcher(owner="second")
        first.start()
        second.start()
        await world.clock.sleep(4000)
        assert len(world.exchange.dials) == 1
        assert world.told(EventKind.INTERRUPTED) == []
        await first.stop()
        await second.stop()

    in_world(test, lambda claim: Callee(talks=3000.0))


async def orphan(world: World, account: str, answered: bool) -> int:
    """A call in the middle of an attempt whose node is gone."""
    now = world.clock.now()
    (call_id,) = await world.queue(replace(POSTED, account=account, max_retries=1))
    claims = await world.storage.claim(now, "gone", now + 30, Room(), 1)
    (claim,) = await world.storage.dial_many(claims, now)
    assert isinstance(claim, Claim)
    if answered:
        await world.storage.answered(claim, now)
    return call_id


@pytest.mark.parametrize(("answered", "outcome"), [(True, Outcome.COMPLETED), (False, Outcome.FAILED)])
def test_an_attempt_that_a_crash_interrupted_is_not_dialled_again(answered: bool, outcome: Outcome) -> None:
    async def test(world: World) -> None:
        call_id = await orphan(world, "acme", answered)
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(3600)
        assert world.exchange.dials == []
        result = await world.result(call_id)
        assert (result.outcome, result.callee_type, result.attempts) == (outcome, CalleeType.UNKNOWN, 1)
        assert result.duration == 0
        assert len(await world.storage.deliveries()) == 1
        (attempt,) = await world.storage.attempts(call_id)
        assert attempt.state is AttemptState.INTERRUPTED
        assert len(world.told(EventKind.INTERRUPTED)) == 1
        await dispatcher.stop()

    in_world(test)


def test_an_interrupted_attempt_is_repeated_when_the_account_says_so() -> None:
    async def test(world: World) -> None:
        call_id = await orphan(world, "again", answered=True)
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(3600)
        (dial,) = world.exchange.dials
        assert dial.attempt == 2
        assert 600 <= dial.at - START - 30 <= 611
        assert (await world.result(call_id)).callee_type is CalleeType.VOICE
        await dispatcher.stop()

    in_world(test)


def test_a_call_that_was_merely_claimed_when_its_node_died_is_dialled() -> None:
    async def test(world: World) -> None:
        await world.queue()
        await world.storage.claim(START, "gone", START + 30, Room(), 1)
        dispatcher = world.dispatcher(DispatchOptions(poll=1.0))
        dispatcher.start()
        await world.clock.sleep(60)
        assert len(world.exchange.dials) == 1
        assert 30 <= world.exchange.dials[0].at - START <= 42
        await dispatcher.stop()

    in_world(test)


def test_a_node_that_has_lost_its_call_hangs_up_and_writes_nothing() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        (stolen,) = await world.storage.lapsed(START + 1000, "thief", START + 2000, 1)
        await world.clock.sleep(30)
        (dial,) = world.exchange.dials
        assert dial.hung_up
        assert dial.ended_at is not None
        assert dial.ended_at - START <= 11
        call = await world.storage.call(call_id)
        assert call.state is CallState.ANSWERED
        assert await world.storage.deliveries() == []
        assert await world.storage.renew_many([stolen], START + 3000) == [None]
        assert dispatcher.running == 0
        assert "another node has taken the call over" in world.problems()[0]
        await dispatcher.stop()

    in_world(test, lambda claim: Callee(talks=500.0))


def test_a_lease_that_cannot_be_renewed_ends_the_leg_before_another_node_may_dial() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        world.storage.fails = {"all"}
        await world.clock.sleep(60)
        (dial,) = world.exchange.dials
        assert dial.hung_up
        assert dial.ended_at is not None
        assert dial.ended_at - START <= 33
        world.storage.fails = set()
        await world.clock.sleep(60)
        result = await world.result(call_id)
        assert (result.outcome, result.reason) == (Outcome.COMPLETED, "its lease could not be renewed in time")
        assert "the queue storage fails: renewing leases" in world.problems()
        assert len(world.problems()) == len(set(world.problems()))
        assert len([event for event in world.events if "recovered" in event.data]) == len(world.problems())
        await dispatcher.stop()

    in_world(test, lambda claim: Callee(talks=500.0))


def test_a_call_that_ends_while_the_storage_fails_is_written_afterwards() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        world.storage.fails = {"finish_many"}
        await world.clock.sleep(100)
        assert (await world.storage.call(call_id)).state is CallState.ANSWERED
        world.storage.fails = set()
        await world.clock.sleep(10)
        result = await world.result(call_id)
        assert (result.callee_type, result.duration) == (CalleeType.VOICE, 10)
        assert world.storage.asked.count("finish_many") < 40
        assert len(world.exchange.dials) == 1
        await dispatcher.stop()

    in_world(test)


def test_an_answer_is_recorded_before_the_end() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        world.storage.fails = {"answered"}
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(20)
        world.storage.fails = set()
        await world.clock.sleep(20)
        (attempt,) = await world.storage.attempts(call_id)
        assert attempt.answered_at == START + 2
        await dispatcher.stop()

    in_world(test)


@pytest.mark.parametrize("method", ["claim", "running", "next_due", "expire", "renew_many", "lapsed", "dial_many"])
def test_a_storage_that_fails_for_a_while_stops_nothing(method: str) -> None:
    async def test(world: World) -> None:
        world.storage.fails = {method}
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher(DispatchOptions(poll=1.0))
        dispatcher.start()
        await world.clock.sleep(20)
        world.storage.fails = set()
        await world.clock.sleep(100)
        assert (await world.result(call_id)).outcome is Outcome.COMPLETED
        assert len(world.exchange.dials) == 1
        assert len(world.problems()) <= 1
        await dispatcher.stop()

    in_world(test)


def test_nothing_is_dialled_when_the_mark_took_longer_than_the_window() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue(replace(POSTED, max_retries=3, expires_at=START + 5))
        world.storage.takes = {"dial_many": 6.0}
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(30)
        assert world.exchange.dials == []
        result = await world.result(call_id)
        assert (result.outcome, result.callee_type) == (Outcome.FAILED, CalleeType.LINEFAILURE)
        assert "window closed" in (await world.storage.attempts(call_id))[0].cause
        await dispatcher.stop()

    in_world(test)


def test_nothing_is_dialled_when_the_mark_took_longer_than_the_lease() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue(replace(POSTED, max_retries=1, retry_interval=60))
        world.storage.takes = {"dial_many": 31.0}
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(32)
        assert world.exchange.dials == []
        world.storage.takes = {}
        await world.clock.sleep(200)
        assert (await world.result(call_id)).callee_type is CalleeType.VOICE
        assert world.exchange.doubles == []
        await dispatcher.stop()

    in_world(test)


def test_stopping_lets_calls_end_and_claims_no_more() -> None:
    async def test(world: World) -> None:
        await world.queue(POSTED, POSTED)
        dispatcher = world.dispatcher(DispatchOptions(channels=1, poll=3600.0))
        dispatcher.start()
        await world.clock.sleep(5)
        await dispatcher.stop()
        assert world.clock.now() == START + 12
        assert await world.states() == {CallState.QUEUED: 1, CallState.FINISHED: 1}
        assert not world.exchange.dials[0].hung_up

    in_world(test)


def test_stopping_hangs_up_what_lasts_longer() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        await dispatcher.stop(30)
        assert world.clock.now() == START + 35
        result = await world.result(call_id)
        assert (result.outcome, result.duration, result.reason) == (Outcome.COMPLETED, 33, "the platform stops")
        assert len(await world.storage.deliveries()) == 1

    in_world(test, lambda claim: Callee(talks=500.0))


def test_a_call_that_does_not_end_when_it_is_hung_up_is_given_up() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        await dispatcher.stop(10)
        assert world.clock.now() <= START + 40
        assert (await world.result(call_id)).callee_type is CalleeType.UNKNOWN
        assert "a call did not end when it was hung up" in world.problems()

    in_world(test, lambda claim: Callee(talks=500.0, deaf=True))


def test_a_call_is_not_dialled_again_while_its_leg_may_live() -> None:
    async def test(world: World) -> None:
        await world.queue(replace(POSTED, account="again", max_retries=3, retry_interval=60))
        dispatcher = world.dispatcher(DispatchOptions(poll=1.0))
        dispatcher.start()
        await world.clock.sleep(5)
        world.storage.fails = {"renew_many"}
        await world.clock.sleep(100)
        world.storage.fails = set()
        await world.clock.sleep(1000)
        assert world.exchange.doubles == []
        assert len(world.exchange.dials) >= 2
        await dispatcher.stop()

    in_world(test, lambda claim: Callee(rings=400, talks=None, deaf=True, callee_type=CalleeType.NOANSWER))


def test_stopping_ends_although_the_storage_fails() -> None:
    async def test(world: World) -> None:
        await world.queue()
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(5)
        world.storage.fails = {"all"}
        await dispatcher.stop(30)
        assert world.clock.now() <= START + 70
        assert any("will count as interrupted" in text for text in world.problems())

    in_world(test)


def test_idle_costs_nearly_nothing() -> None:
    async def test(world: World) -> None:
        dispatcher = world.dispatcher(DispatchOptions(poll=1.0))
        dispatcher.start()
        await world.clock.sleep(100)
        assert len(world.storage.asked) <= 450
        await dispatcher.stop()

    in_world(test)


def test_without_the_durable_mark_a_crash_dials_a_call_twice() -> None:
    """The switch of the crash test: it must break the promise, or the test would prove nothing."""

    async def crash(world: World, durable: bool) -> int:
        (call_id,) = await world.queue()
        first = world.dispatcher(owner="first", durable_dialling=durable)
        first.start()
        await world.clock.sleep(5)
        for loop in first._loops:
            loop.cancel()
        for run in first._running:
            run.lost = True
        await world.clock.sleep(60)
        second = world.dispatcher(owner="second")
        second.start()
        await world.clock.sleep(5000)
        await second.stop()
        return len(world.exchange.dials_of(call_id))

    async def test(world: World) -> None:
        assert await crash(world, durable=True) == 1
        assert await crash(world, durable=False) == 2

    in_world(test, lambda claim: Callee(talks=3000.0))


def test_with_the_late_mark_calls_end_as_ever() -> None:
    async def test(world: World) -> None:
        (call_id,) = await world.queue(replace(POSTED, max_retries=1))
        dispatcher = world.dispatcher(durable_dialling=False)
        dispatcher.start()
        await world.clock.sleep(1000)
        assert (await world.result(call_id)).attempts == 2
        attempts = await world.storage.attempts(call_id)
        assert [(attempt.callee_type, attempt.answered_at) for attempt in attempts] == [
            (CalleeType.BUSY, None),
            (CalleeType.VOICE, START + 603),
        ]
        await dispatcher.stop()

    in_world(test, lambda claim: BUSY if claim.call.attempts == 1 else VOICE)

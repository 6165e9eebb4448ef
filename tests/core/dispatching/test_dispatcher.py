from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

from mirabelle.core.dispatching.claiming import UnknownFact
from mirabelle.core.dispatching.options import DispatchOptions
from mirabelle.core.interfaces.component import NoOptions
from mirabelle.core.interfaces.policy import Defer, Facts, Planning, SchedulingPolicy
from mirabelle.core.testing.exchange import BUSY, VOICE, Callee
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.scheduling_policy import POSTED
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import (
    Account,
    Attempt,
    AttemptState,
    Call,
    CalleeType,
    CallState,
    Command,
    Due,
    EventKind,
    Outcome,
    Result,
)

if TYPE_CHECKING:
    from tests.core.dispatching.conftest import InWorld, World


def test_a_call_is_dialled_at_once_and_its_result_goes_to_the_outbox(in_world: InWorld) -> None:
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


def test_what_another_process_queued_is_found_by_the_poll(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        dispatcher = world.dispatcher(DispatchOptions(poll=1.0))
        dispatcher.start()
        await world.clock.sleep(10.5)
        await world.queue()
        await world.clock.sleep(1)
        assert len(world.exchange.dials) == 1
        await dispatcher.stop()

    in_world(test)


def test_a_scheduled_call_is_dialled_when_its_window_opens(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.queue(replace(POSTED, not_before_at=START + 1234.5))
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(2000)
        assert world.exchange.dials[0].at == pytest.approx(START + 1234.5, abs=0.01)
        await dispatcher.stop()

    in_world(test)


def test_a_failed_attempt_is_repeated_after_the_interval_from_its_end(in_world: InWorld) -> None:
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


def test_an_exhausted_call_posts_at_once(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.queue(replace(POSTED, expires_at=START + 5000))
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(10)
        assert (await world.storage.deliveries())[0].due_at == START + 1
        await dispatcher.stop()

    in_world(test, lambda claim: BUSY)


def test_a_call_whose_next_try_would_come_too_late_posts_at_its_expiration(in_world: InWorld) -> None:
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


def test_a_call_that_was_never_dialled_expires_as_noattempt(in_world: InWorld) -> None:
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


def test_channels_of_the_platform_are_never_exceeded_and_never_idle(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.queue(*[POSTED] * 7)
        dispatcher = world.dispatcher(DispatchOptions(channels=3, batch=2, poll=3600.0))
        dispatcher.start()
        await world.clock.sleep(37)
        assert world.exchange.most_at_once == 3
        assert await world.states() == {CallState.FINISHED: 7}
        await dispatcher.stop()

    in_world(test)


def test_an_account_keeps_to_its_own_channels_and_holds_up_no_other(in_world: InWorld) -> None:
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


def test_a_call_of_an_account_that_is_gone_still_ends(in_world: InWorld) -> None:
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


def test_a_call_that_a_policy_puts_off_goes_back_without_an_attempt(in_world: InWorld) -> None:
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


def test_facts_that_nobody_can_tell_stop_the_start(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        with pytest.raises(UnknownFact, match="need listed"):
            world.dispatcher(chain=[Objecting(NoOptions(), lent())])

    in_world(test)


def test_a_cause_that_is_no_unicode_can_be_stored(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        await world.queue(POSTED)
        dispatcher = world.dispatcher()
        dispatcher.start()
        await world.clock.sleep(60)
        assert (await world.storage.attempts(1))[0].cause == "RuntimeError: half ? a pair"
        await dispatcher.stop()

    in_world(test, lambda claim: Callee(talks=None, raises=RuntimeError("half \ud800 a pair")))


def test_an_exception_in_one_call_ends_it_and_hurts_no_other(in_world: InWorld) -> None:
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


def test_a_hang_up_on_request_ends_the_call_for_good(in_world: InWorld) -> None:
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


def test_idle_costs_nearly_nothing(in_world: InWorld) -> None:
    async def test(world: World) -> None:
        dispatcher = world.dispatcher(DispatchOptions(poll=1.0))
        dispatcher.start()
        await world.clock.sleep(100)
        assert len(world.storage.asked) <= 450
        await dispatcher.stop()

    in_world(test)

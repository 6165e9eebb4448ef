import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mirabelle.core import lifecycle
from mirabelle.core.lifecycle import (
    DELIVERY_TRANSITIONS,
    HELD,
    TRANSITIONS,
    DeliveryMove,
    Ending,
    IllegalMove,
    Move,
)
from mirabelle.core.testing.states_page import states_page
from mirabelle.core.types import (
    Attempt,
    AttemptState,
    Call,
    CalleeType,
    CallRequest,
    CallState,
    Delivery,
    DeliveryState,
    Due,
    Outcome,
    Result,
)

REQUEST = CallRequest("acme", "2125550100", "+12125550100", "http://app/start")
RESULT = Result(Outcome.FAILED, CalleeType.BUSY, 1, 10.0, 0)
ENDING = Ending(30.0, CalleeType.BUSY, "user busy")
INTERRUPTION = replace(ENDING, interrupted=True)
RUNNING = {CallState.DIALLING: AttemptState.DIALLING, CallState.ANSWERED: AttemptState.ANSWERED}

MOVES: dict[Move, Callable[[Call], Call]] = {
    Move.CLAIM: lifecycle.claimed,
    Move.DEFER: lambda call: lifecycle.deferred(call, Due(99.0, 3), "outside hours"),
    Move.LAPSE: lifecycle.lapsed,
    Move.DIAL: lambda call: lifecycle.dialled(call, 20.0),
    Move.ANSWER: lambda call: lifecycle.answered(call, 25.0),
    Move.RENEW: lifecycle.renewed,
    Move.TAKE_OVER: lifecycle.taken_over,
    Move.RETRY: lambda call: lifecycle.retried(call, ENDING, Due(630.0)),
    Move.RETRY_INTERRUPTED: lambda call: lifecycle.retried(call, INTERRUPTION, Due(630.0)),
    Move.FINISH: lambda call: lifecycle.finished(call, ENDING, RESULT),
    Move.FINISH_INTERRUPTED: lambda call: lifecycle.finished(call, INTERRUPTION, RESULT),
}


def call_in(state: CallState) -> Call:
    attempt = Attempt(1, RUNNING[state], 10.0) if state in RUNNING else None
    return Call(7, REQUEST, state, 1.0, Due(2.0), attempts=1 if attempt else 0, last_attempt=attempt, waiting_for="x")


def delivery_in(state: DeliveryState) -> Delivery:
    return Delivery("d1", 7, "acme", "http://app/result", "text/plain", b"x", 1.0, 2.0, 3, state, "HTTP 503")


@pytest.mark.parametrize(("move", "state"), list(itertools.product(Move, CallState)))
def test_a_move_does_what_the_table_says_or_is_refused(move: Move, state: CallState) -> None:
    lines = [line for line in TRANSITIONS if (line.move, line.before) == (move, state)]
    if not lines:
        with pytest.raises(IllegalMove, match=rf"call 7 is {state}: {move} "):
            MOVES[move](call_in(state))
        return
    (line,) = lines
    moved = MOVES[move](call_in(state))
    assert moved.state is line.after
    assert (moved.last_attempt.state if moved.last_attempt else None) is line.attempt


def test_a_finished_call_never_moves_again() -> None:
    assert not [line for line in TRANSITIONS if line.before is CallState.FINISHED]


def test_every_state_can_be_reached_and_all_but_the_last_can_be_left() -> None:
    assert {line.after for line in TRANSITIONS} == set(CallState)
    assert {line.before for line in TRANSITIONS} == set(CallState) - {CallState.FINISHED}


def test_an_attempt_is_under_way_exactly_while_the_call_is_dialling_or_answered() -> None:
    for line in TRANSITIONS:
        assert (line.attempt in set(RUNNING.values())) == (line.after in RUNNING)
        assert (line.after in RUNNING) <= (line.after in HELD)


def test_a_call_begins_in_the_queue() -> None:
    assert lifecycle.queued(7, REQUEST, 1.0, Due(2.0)) == Call(7, REQUEST, CallState.QUEUED, 1.0, Due(2.0))


def test_dialling_begins_the_next_attempt() -> None:
    busy_before = replace(call_in(CallState.CLAIMED), attempts=2, last_attempt=Attempt(2, AttemptState.ENDED, 5.0))
    call = lifecycle.dialled(busy_before, 20.0)
    assert (call.attempts, call.waiting_for) == (3, "")
    assert call.last_attempt == Attempt(3, AttemptState.DIALLING, 20.0)


def test_an_answer_is_dated() -> None:
    call = lifecycle.answered(call_in(CallState.DIALLING), 25.0)
    assert call.last_attempt == Attempt(1, AttemptState.ANSWERED, 10.0, answered_at=25.0)


def test_a_retry_ends_the_attempt_and_queues_the_call_anew() -> None:
    call = lifecycle.retried(call_in(CallState.DIALLING), ENDING, Due(630.0, 4))
    assert (call.due, call.attempts, call.result, call.waiting_for) == (Due(630.0, 4), 1, None, "")
    assert call.last_attempt == Attempt(1, AttemptState.ENDED, 10.0, None, 30.0, CalleeType.BUSY, "user busy")


def test_a_call_can_finish_without_an_attempt() -> None:
    call = lifecycle.finished(call_in(CallState.CLAIMED), Ending(30.0, CalleeType.NOATTEMPT), RESULT)
    assert (call.state, call.result, call.last_attempt) == (CallState.FINISHED, RESULT, None)


def test_a_deferral_keeps_its_reason_until_the_call_is_dialled() -> None:
    call = lifecycle.deferred(call_in(CallState.CLAIMED), Due(99.0, 3), "outside hours")
    assert (call.due, call.waiting_for, call.attempts) == (Due(99.0, 3), "outside hours", 0)
    assert lifecycle.claimed(call).waiting_for == "outside hours"
    assert lifecycle.dialled(lifecycle.claimed(call), 1.0).waiting_for == ""


def test_every_delivery_move_is_defined_from_every_state() -> None:
    assert set(DELIVERY_TRANSITIONS) == set(itertools.product(DeliveryMove, DeliveryState))


def test_what_is_delivered_stays_so_until_it_is_resent() -> None:
    done = lifecycle.delivered(delivery_in(DeliveryState.PENDING))
    assert (done.state, done.tries) == (DeliveryState.DELIVERED, 4)
    assert lifecycle.postponed(done, 99.0, "late news") == replace(done, tries=5)
    assert lifecycle.buried(done, "late news") == replace(done, tries=5)
    assert lifecycle.resent(done, 50.0) == replace(done, state=DeliveryState.PENDING, tries=0, due_at=50.0)


def test_a_failed_try_is_counted_and_says_why() -> None:
    delivery = delivery_in(DeliveryState.PENDING)
    assert lifecycle.postponed(delivery, 99.0, "no route") == replace(
        delivery, tries=4, due_at=99.0, last_error="no route"
    )
    dead = lifecycle.buried(delivery, "gone")
    assert dead == replace(delivery, tries=4, state=DeliveryState.DEAD, last_error="gone")
    assert lifecycle.postponed(dead, 99.0, "late news").state is DeliveryState.DEAD


def test_the_page_about_states_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "states.md"
    assert page.read_text(encoding="utf-8") == states_page(), "run `make docs`"

"""The states of a call, of its attempts and of the delivery of its result, as one table each.

A storage applies a move to a `Call` by the function of that name and keeps what comes back; what the table does not
list raises `IllegalMove`. docs/states.md is drawn from the tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

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
    Result,
)


class IllegalMove(Exception):
    """Whoever asked for this move is mistaken about the state of the call, the attempt or the delivery."""


class Move(StrEnum):
    """What can happen to a call. `lapse` and `take_over` are what the end of a lease makes of it."""

    CLAIM = "claim"
    DEFER = "defer"
    LAPSE = "lapse"
    DIAL = "dial"
    ANSWER = "answer"
    RENEW = "renew"
    TAKE_OVER = "take_over"
    RETRY = "retry"
    RETRY_INTERRUPTED = "retry_interrupted"
    FINISH = "finish"
    FINISH_INTERRUPTED = "finish_interrupted"


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table. `attempt` is what the attempt under way becomes; None: there is none."""

    move: Move
    before: CallState
    after: CallState
    attempt: AttemptState | None = None


_QUEUED, _CLAIMED, _FINISHED = CallState.QUEUED, CallState.CLAIMED, CallState.FINISHED
_DIALLING, _ANSWERED = CallState.DIALLING, CallState.ANSWERED
_ENDED, _INTERRUPTED = AttemptState.ENDED, AttemptState.INTERRUPTED

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Move.CLAIM, _QUEUED, _CLAIMED),
    Transition(Move.DEFER, _CLAIMED, _QUEUED),
    Transition(Move.LAPSE, _CLAIMED, _QUEUED),
    Transition(Move.DIAL, _CLAIMED, _DIALLING, AttemptState.DIALLING),
    Transition(Move.ANSWER, _DIALLING, _ANSWERED, AttemptState.ANSWERED),
    Transition(Move.RENEW, _CLAIMED, _CLAIMED),
    Transition(Move.RENEW, _DIALLING, _DIALLING, AttemptState.DIALLING),
    Transition(Move.RENEW, _ANSWERED, _ANSWERED, AttemptState.ANSWERED),
    Transition(Move.TAKE_OVER, _DIALLING, _DIALLING, AttemptState.DIALLING),
    Transition(Move.TAKE_OVER, _ANSWERED, _ANSWERED, AttemptState.ANSWERED),
    Transition(Move.RETRY, _DIALLING, _QUEUED, _ENDED),
    Transition(Move.RETRY, _ANSWERED, _QUEUED, _ENDED),
    Transition(Move.RETRY_INTERRUPTED, _DIALLING, _QUEUED, _INTERRUPTED),
    Transition(Move.RETRY_INTERRUPTED, _ANSWERED, _QUEUED, _INTERRUPTED),
    Transition(Move.FINISH, _CLAIMED, _FINISHED),
    Transition(Move.FINISH, _DIALLING, _FINISHED, _ENDED),
    Transition(Move.FINISH, _ANSWERED, _FINISHED, _ENDED),
    Transition(Move.FINISH_INTERRUPTED, _DIALLING, _FINISHED, _INTERRUPTED),
    Transition(Move.FINISH_INTERRUPTED, _ANSWERED, _FINISHED, _INTERRUPTED),
)

# The states in which a node holds the call under a lease, and a channel is in use.
HELD = frozenset({CallState.CLAIMED, CallState.DIALLING, CallState.ANSWERED})

_BY_MOVE: Mapping[tuple[Move, CallState], Transition] = {(line.move, line.before): line for line in TRANSITIONS}


@dataclass(frozen=True, slots=True)
class Ending:
    """How the attempt under way ended; without one, only `at` has a meaning."""

    at: float
    callee_type: CalleeType
    cause: str = ""
    interrupted: bool = False


def queued(call_id: int, request: CallRequest, at: float, due: Due) -> Call:
    """The beginning of every call."""
    return Call(call_id, request, CallState.QUEUED, at, due)


def claimed(call: Call) -> Call:
    """A node takes it, to dial it or to write its result."""
    return replace(call, state=_line(Move.CLAIM, call).after)


def deferred(call: Call, due: Due, reason: str) -> Call:
    """It goes back to the queue; nothing was dialled."""
    return replace(call, state=_line(Move.DEFER, call).after, due=due, waiting_for=reason)


def lapsed(call: Call) -> Call:
    """Its node is gone and nothing was dialled: it goes back to the queue as it was."""
    return replace(call, state=_line(Move.LAPSE, call).after)


def dialled(call: Call, at: float) -> Call:
    """Its next attempt begins."""
    line = _line(Move.DIAL, call)
    number = call.attempts + 1
    attempt = Attempt(number, _attempt_after(line), at)
    return replace(call, state=line.after, attempts=number, last_attempt=attempt, waiting_for="")


def answered(call: Call, at: float) -> Call:
    """Somebody or something has picked up."""
    line = _line(Move.ANSWER, call)
    attempt = replace(_under_way(call), state=_attempt_after(line), answered_at=at)
    return replace(call, state=line.after, last_attempt=attempt)


def renewed(call: Call) -> Call:
    """Its node lives; nothing but the lease changes."""
    return replace(call, state=_line(Move.RENEW, call).after)


def taken_over(call: Call) -> Call:
    """Its node is gone and an attempt is under way: another node looks after what is left of it."""
    return replace(call, state=_line(Move.TAKE_OVER, call).after)


def retried(call: Call, ending: Ending, due: Due) -> Call:
    """The attempt is over and there will be another."""
    line = _line(Move.RETRY_INTERRUPTED if ending.interrupted else Move.RETRY, call)
    return replace(call, state=line.after, last_attempt=_ended(call, line, ending), due=due, waiting_for="")


def finished(call: Call, ending: Ending, result: Result) -> Call:
    """The call is over, and with it the attempt, if one is under way."""
    line = _line(Move.FINISH_INTERRUPTED if ending.interrupted else Move.FINISH, call)
    attempt = _ended(call, line, ending) if line.attempt else call.last_attempt
    return replace(call, state=line.after, last_attempt=attempt, result=result, waiting_for="")


def _line(move: Move, call: Call) -> Transition:
    line = _BY_MOVE.get((move, call.state))
    if line is None:
        raise IllegalMove(f"call {call.id} is {call.state}: {move} is not a move from there")
    return line


def _under_way(call: Call) -> Attempt:
    if call.last_attempt is None:
        raise IllegalMove(f"call {call.id} is {call.state}, but has no attempt")
    return call.last_attempt


def _attempt_after(line: Transition) -> AttemptState:
    assert line.attempt is not None, line
    return line.attempt


def _ended(call: Call, line: Transition, ending: Ending) -> Attempt:
    return replace(
        _under_way(call),
        state=_attempt_after(line),
        ended_at=ending.at,
        callee_type=ending.callee_type,
        cause=ending.cause,
    )


class DeliveryMove(StrEnum):
    """What can happen to the delivery of a result."""

    DELIVER = "deliver"
    POSTPONE = "postpone"
    BURY = "bury"
    RESEND = "resend"


# Two nodes may post the same delivery when a lease lapses, so the news of both must fit in whatever order it comes:
# what was acknowledged once stays delivered, and a dead letter stays dead until it is acknowledged or resent.
DELIVERY_TRANSITIONS: Mapping[tuple[DeliveryMove, DeliveryState], DeliveryState] = {
    (DeliveryMove.DELIVER, DeliveryState.PENDING): DeliveryState.DELIVERED,
    (DeliveryMove.DELIVER, DeliveryState.DEAD): DeliveryState.DELIVERED,
    (DeliveryMove.DELIVER, DeliveryState.DELIVERED): DeliveryState.DELIVERED,
    (DeliveryMove.POSTPONE, DeliveryState.PENDING): DeliveryState.PENDING,
    (DeliveryMove.POSTPONE, DeliveryState.DEAD): DeliveryState.DEAD,
    (DeliveryMove.POSTPONE, DeliveryState.DELIVERED): DeliveryState.DELIVERED,
    (DeliveryMove.BURY, DeliveryState.PENDING): DeliveryState.DEAD,
    (DeliveryMove.BURY, DeliveryState.DEAD): DeliveryState.DEAD,
    (DeliveryMove.BURY, DeliveryState.DELIVERED): DeliveryState.DELIVERED,
    (DeliveryMove.RESEND, DeliveryState.PENDING): DeliveryState.PENDING,
    (DeliveryMove.RESEND, DeliveryState.DEAD): DeliveryState.PENDING,
    (DeliveryMove.RESEND, DeliveryState.DELIVERED): DeliveryState.PENDING,
}


def delivered(delivery: Delivery) -> Delivery:
    """The receiver has acknowledged it."""
    return replace(delivery, state=_delivery_after(DeliveryMove.DELIVER, delivery), tries=delivery.tries + 1)


def postponed(delivery: Delivery, due_at: float, error: str) -> Delivery:
    """A try failed. News of a failure changes nothing about what is delivered or dead, but the count of tries."""
    return _failed(delivery, DeliveryMove.POSTPONE, error, due_at)


def buried(delivery: Delivery, error: str) -> Delivery:
    """The last try failed."""
    return _failed(delivery, DeliveryMove.BURY, error, delivery.due_at)


def resent(delivery: Delivery, at: float) -> Delivery:
    """Somebody wants it posted again, from the first try on."""
    state = _delivery_after(DeliveryMove.RESEND, delivery)
    return replace(delivery, state=state, tries=0, due_at=at)


def _failed(delivery: Delivery, move: DeliveryMove, error: str, due_at: float) -> Delivery:
    after = _delivery_after(move, delivery)
    tried = replace(delivery, state=after, tries=delivery.tries + 1)
    return replace(tried, due_at=due_at, last_error=error) if delivery.state is DeliveryState.PENDING else tried


def _delivery_after(move: DeliveryMove, delivery: Delivery) -> DeliveryState:
    return DELIVERY_TRANSITIONS[move, delivery.state]

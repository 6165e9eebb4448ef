"""What an attempt means for its call, its result and the post to result_url: pure decisions (contract, 7 and 8)."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from mirabelle.core.types import (
    Account,
    Attempt,
    AttemptState,
    Call,
    CalleeType,
    Delivery,
    Outcome,
    Result,
)

CONTENT_TYPE = "application/x-www-form-urlencoded"

REACHED = frozenset({CalleeType.VOICE, CalleeType.ANSWERINGMACHINE, CalleeType.FAXMACHINE})
UNDECIDED = frozenset({CalleeType.UNKNOWN, CalleeType.PROCESSING})

NewId = Callable[[], str]


def delivery_ids(source: random.Random) -> NewId:
    """Ids for new deliveries: `msg_` and 128 bits of that source in hexadecimal digits."""
    return lambda: f"msg_{source.getrandbits(128):032x}"


@dataclass(frozen=True, slots=True)
class AttemptEnd:
    """The facts of one attempt that is over. `answered_at` None: nobody answered.

    `interrupted`: the attempt was cut off by a failure of ours and nobody knows how it ended. `final`: it was ended on
    request, and the call with it.
    """

    callee_type: CalleeType
    ended_at: float
    answered_at: float | None = None
    cause: str = ""
    interrupted: bool = False
    final: bool = False


def outcome(callee_type: CalleeType, answered: bool) -> Outcome:
    """`Completed` or `Failed` for a call whose last attempt ended like this (contract, section 8)."""
    if callee_type in REACHED or (callee_type in UNDECIDED and answered):
        return Outcome.COMPLETED
    return Outcome.FAILED


def redialled(end: AttemptEnd, account: Account) -> bool:
    """Whether another attempt is wanted, attempts and window permitting (contract, section 8)."""
    if end.final:
        return False
    if end.interrupted:
        return account.retry_interrupted
    return outcome(end.callee_type, end.answered_at is not None) is Outcome.FAILED


def reported_type(end: AttemptEnd) -> CalleeType:
    """The callee type that the attempt is stored with: what nobody could decide is `unknown`."""
    return CalleeType.UNKNOWN if end.interrupted or end.callee_type in UNDECIDED else end.callee_type


def ended_attempt(call: Call, end: AttemptEnd) -> Attempt:
    """The running attempt of `call` as it is after its end. Raises `ValueError` when there is none."""
    running = call.last_attempt
    if running is None:
        raise ValueError(f"call {call.id} has no attempt that could end")
    return Attempt(
        number=running.number,
        state=AttemptState.INTERRUPTED if end.interrupted else AttemptState.ENDED,
        started_at=running.started_at,
        answered_at=running.answered_at if end.answered_at is None else end.answered_at,
        ended_at=end.ended_at,
        callee_type=reported_type(end),
        cause=end.cause,
    )


def result(attempts: int, last: Attempt | None, reason: str) -> Result:
    """The result of a call after its last attempt; `last` None: it was never dialled."""
    if last is None:
        return Result(Outcome.FAILED, CalleeType.NOATTEMPT, attempts, None, 0, reason)
    return Result(
        outcome=outcome(last.callee_type, last.answered_at is not None),
        callee_type=last.callee_type,
        attempts=attempts,
        last_attempt_at=last.started_at,
        duration=duration(last),
        reason=reason,
    )


def duration(attempt: Attempt) -> int:
    """Whole seconds from answer to hang-up; 0 when unanswered, or when the instant of the hang-up is not known."""
    if attempt.state is AttemptState.INTERRUPTED or attempt.answered_at is None or attempt.ended_at is None:
        return 0
    return max(0, int(attempt.ended_at - attempt.answered_at))


def timestamp(at: float | None, time_zone: str) -> str:
    """An instant as RFC 2822 writes it, in that IANA zone; empty for None. An unknown zone is read as UTC."""
    if at is None:
        return ""
    return format_datetime(datetime.fromtimestamp(int(at), _zone(time_zone)))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return ZoneInfo("UTC")


def fields(call: Call, ended: Result, account: Account) -> list[tuple[str, str]]:
    """The eight fields of result_url in the order of the contract's table (section 7)."""
    return [
        ("phone_number", call.request.phone_number),
        ("message_reference", call.request.message_reference),
        ("call_id", str(call.id)),
        ("result", str(ended.outcome)),
        ("callee_type", str(ended.callee_type)),
        ("attempts", str(ended.attempts)),
        ("last_attempt_timestamp", timestamp(ended.last_attempt_at, account.time_zone)),
        ("duration", str(ended.duration)),
    ]


def deliveries(call: Call, ended: Result, account: Account, at: float, new_id: NewId) -> tuple[Delivery, ...]:
    """What goes to the outbox with the result: one delivery, due at once; nothing without a result_url."""
    if call.request.result_url is None:
        return ()
    body = urlencode(fields(call, ended, account), encoding="utf-8").encode("ascii")
    return (
        Delivery(
            id=new_id(),
            call_id=call.id,
            account=call.request.account,
            url=call.request.result_url,
            content_type=CONTENT_TYPE,
            body=body,
            created_at=at,
            due_at=at,
        ),
    )

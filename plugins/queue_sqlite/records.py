"""How the nouns of the platform are written down, and read again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cattrs.preconf.json import make_converter

from mirabelle.core.types import (
    Account,
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

# What has its default is not written: it takes no room, and a field that comes later needs no migration.
_json = make_converter(omit_if_default=True)


def request_text(request: CallRequest) -> str:
    """A request as JSON."""
    return _json.dumps(request)


def result_text(result: Result | None) -> str | None:
    """A result as JSON."""
    return None if result is None else _json.dumps(result)


def account_text(account: Account) -> str:
    """An account's settings as JSON."""
    return _json.dumps(account)


def account_value(text: str) -> Account:
    """The account that was written so."""
    return _json.loads(text, Account)


@dataclass(frozen=True, slots=True)
class Stored:
    """A call as the file has it, and who holds it. `token` is that of the latest claim, whether it holds or not."""

    call: Call
    token: int
    owner: str | None
    lease_until: float | None
    lane: int | None


CALL_COLUMNS = """
    c.id, c.state, c.queued_at, c.due_at, c.rank, c.attempts, c.waiting_for, c.result,
    c.token, c.owner, c.lease_until, c.lane, c.request,
    a.number, a.state, a.started_at, a.answered_at, a.ended_at, a.callee_type, a.cause
    FROM call c LEFT JOIN attempt a ON a.call_id = c.id AND a.number = c.attempts
"""
ATTEMPT_COLUMNS = "number, state, started_at, answered_at, ended_at, callee_type, cause"


def stored_call(row: Sequence[Any], request: CallRequest | None = None) -> Stored:
    """A row of `CALL_COLUMNS`. A request that is known already is not decoded again: it never changes."""
    call_id, state, queued_at, due_at, rank, attempts, waiting_for, result, token, owner, lease_until, lane = row[:12]
    call = Call(
        call_id,
        request or _json.loads(row[12], CallRequest),
        CallState(state),
        queued_at,
        Due(due_at, rank),
        attempts,
        None if row[13] is None else attempt_value(row[13:]),
        None if result is None else _json.loads(result, Result),
        waiting_for,
    )
    return Stored(call, token, owner, lease_until, lane)


def attempt_value(row: Sequence[Any]) -> Attempt:
    """A row of `ATTEMPT_COLUMNS`."""
    number, state, started_at, answered_at, ended_at, callee_type, cause = row
    return Attempt(number, AttemptState(state), started_at, answered_at, ended_at, CalleeType(callee_type), cause)


def attempt_row(call_id: int, attempt: Attempt) -> tuple[Any, ...]:
    """`call_id` and then `ATTEMPT_COLUMNS`."""
    return (
        call_id,
        attempt.number,
        attempt.state,
        attempt.started_at,
        attempt.answered_at,
        attempt.ended_at,
        attempt.callee_type,
        attempt.cause,
    )


DELIVERY_COLUMNS = "id, call_id, account, url, content_type, body, created_at, due_at, tries, state, last_error"


def delivery_row(delivery: Delivery) -> tuple[Any, ...]:
    """`DELIVERY_COLUMNS`."""
    return (
        delivery.id,
        delivery.call_id,
        delivery.account,
        delivery.url,
        delivery.content_type,
        delivery.body,
        delivery.created_at,
        delivery.due_at,
        delivery.tries,
        delivery.state,
        delivery.last_error,
    )


def delivery_value(row: Sequence[Any]) -> Delivery:
    """A row of `DELIVERY_COLUMNS`."""
    *facts, tries, state, last_error = row
    return replace(Delivery(*facts), tries=tries, state=DeliveryState(state), last_error=last_error)

"""What becomes of a call after an attempt, or without one: the `Finish` that the storage gets. Pure."""

from dataclasses import replace

from mirabelle.core import outcome
from mirabelle.core.interfaces.policy import Planning, Refuse
from mirabelle.core.interfaces.queue import Finish
from mirabelle.core.outcome import AttemptEnd, NewId
from mirabelle.core.scheduling import PolicyFailed, SchedulingChain
from mirabelle.core.types import Account, Attempt, Claim, Due, Event, EventKind


def settle(
    claim: Claim, end: AttemptEnd, account: Account, chain: SchedulingChain, now: float, new_id: NewId
) -> Finish:
    """The end of the running attempt: another one is planned, or the call is over.

    A call whose next attempt would come after its expiration goes back too: it expires in time, and posts then.
    """
    attempt = outcome.ended_attempt(claim.call, end)
    again = _next(claim, end, account, chain, now)
    ended = Finish(claim, end.ended_at, attempt.callee_type, end.cause, end.interrupted, retry=Due(now))
    if isinstance(again, Due):
        return replace(ended, retry=again)
    return _over(ended, attempt, account, again, now, new_id)


def close(claim: Claim, account: Account, now: float, reason: str, new_id: NewId) -> Finish:
    """The end of a call that waits in the queue: it has expired or was cancelled (contract, section 9)."""
    last = claim.call.last_attempt
    ended = Finish(claim, now, outcome.result(claim.call.attempts, last, reason).callee_type, retry=Due(now))
    return _over(ended, last, account, reason, now, new_id)


def story(finish: Finish, end: AttemptEnd | None) -> list[Event]:
    """What is told once the finish is durable."""
    events = [] if end is None else [_attempt_ended(finish, end)]
    if finish.result is not None:
        ended = finish.result
        data = {
            "result": str(ended.outcome),
            "callee_type": str(ended.callee_type),
            "attempts": ended.attempts,
            "duration": ended.duration,
            "reason": ended.reason,
        }
        events.append(Event(EventKind.FINISHED, finish.at, finish.claim.call.id, finish.claim.call.attempts, data))
    return events


def _attempt_ended(finish: Finish, end: AttemptEnd) -> Event:
    data: dict[str, object] = {"callee_type": str(finish.callee_type), "cause": end.cause}
    data["answered"] = end.answered_at is not None
    if finish.retry is not None:
        data["next_at"] = finish.retry.at
    kind = EventKind.INTERRUPTED if end.interrupted else EventKind.ATTEMPT_ENDED
    return Event(kind, finish.at, finish.claim.call.id, finish.claim.call.attempts, data)


def _next(claim: Claim, end: AttemptEnd, account: Account, chain: SchedulingChain, now: float) -> Due | str:
    """When the next attempt is due, or why there is none."""
    call = claim.call
    if not outcome.redialled(end, account):
        return end.cause
    # The number of attempts is a promise of the platform's, whatever the policies say.
    if call.attempts > call.request.max_retries:
        return f"all attempts are used up ({call.attempts})"
    try:
        planned = chain.plan(Planning(call.request, call.attempts, end.ended_at), now, account)
    except PolicyFailed as failure:
        return str(failure)
    return planned.reason if isinstance(planned, Refuse) else planned


def _over(ended: Finish, last: Attempt | None, account: Account, reason: str, now: float, new_id: NewId) -> Finish:
    call = ended.claim.call
    result = outcome.result(call.attempts, last, reason)
    deliveries = outcome.deliveries(call, result, account, now, new_id)
    return replace(ended, retry=None, result=result, deliveries=deliveries)

"""Retries: a failed attempt is repeated, `retry_interval` after its end, at most `max_retries` times."""

from collections.abc import Sequence

from mirabelle import hookimpl
from mirabelle.core.interfaces.policy import Defer, Facts, Planning, Refuse, SchedulingPolicy
from mirabelle.core.types import Account, Call, Due


class RetryPolicy(SchedulingPolicy):
    """Attempts allowed: 1 + `max_retries` (contract, section 2)."""

    name = "retry"

    def plan(self, planning: Planning, now: float, account: Account) -> Due | Refuse:
        """A first attempt at once, a further one `retry_interval` after the END of the one before."""
        allowed = 1 + planning.request.max_retries
        if planning.attempts >= allowed:
            return Refuse(f"all attempts are used up ({planning.attempts} of {allowed})")
        if planning.last_ended_at is None:
            return Due(now)
        return Due(planning.last_ended_at + planning.request.retry_interval)

    def admit(self, call: Call, now: float, facts: Facts) -> Defer | None:
        """Nothing to add: what is claimed was planned."""
        return None


@hookimpl
def register_scheduling_policies() -> Sequence[type[SchedulingPolicy]]:
    """Offer it as `retry`."""
    return [RetryPolicy]

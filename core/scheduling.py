"""The chain of scheduling policies: several opinions on when a call may be dialled become one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from mirabelle.core.interfaces.policy import Defer, Facts, Planning, Refuse, SchedulingPolicy
from mirabelle.core.types import Account, Call, Due

# A policy that answers an instant that is not after the one asked about would have the call claimed for ever.
LEAST_DEFERRAL = 1.0


class PolicyFailed(Exception):
    """A policy raised instead of deciding. The message names it and says what happened."""


class SchedulingChain:
    """The configured policies in their order. Pure, as they are."""

    def __init__(self, policies: Sequence[SchedulingPolicy]) -> None:
        self._policies = tuple(policies)

    @property
    def needs(self) -> frozenset[str]:
        """The facts that `admit` of any of them wants."""
        return frozenset[str]().union(*(policy.needs for policy in self._policies))

    def plan(self, planning: Planning, now: float, account: Account) -> Due | Refuse:
        """When the call is offered to be dialled: the latest of their instants, never before `now`; ranks add up.

        The first refusal ends it. Raises `PolicyFailed`.
        """
        # Due times order the queue: "at once" must not overtake what has been due for a while.
        combined = Due(now)
        for policy in self._policies:
            with _naming(policy):
                answer = policy.plan(planning, now, account)
            if isinstance(answer, Refuse):
                return answer
            combined = Due(max(combined.at, answer.at), combined.rank + answer.rank)
        return combined

    def admit(self, call: Call, now: float, facts: Facts) -> Defer | None:
        """Their last word on a claimed call: the deferral that lasts longest. Raises `PolicyFailed`."""
        latest: Defer | None = None
        for policy in self._policies:
            with _naming(policy):
                answer = policy.admit(call, now, facts)
            if answer is not None and (latest is None or answer.until > latest.until):
                latest = answer
        if latest is None:
            return None
        return replace(latest, until=max(latest.until, now + LEAST_DEFERRAL))


@contextmanager
def _naming(policy: SchedulingPolicy) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise PolicyFailed(f"scheduling policy {policy.name!r} raised {type(error).__name__}: {error}") from error

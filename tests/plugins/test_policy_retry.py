from dataclasses import replace

import pytest

from mirabelle.core.interfaces.component import NoOptions
from mirabelle.core.interfaces.policy import Planning, Refuse, SchedulingPolicy
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.scheduling_policy import REQUEST, SchedulingPolicyContract
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import Account, Due
from mirabelle.plugins.policy_retry import RetryPolicy, register_scheduling_policies

ACCOUNT = Account("acme")


def retry() -> RetryPolicy:
    return RetryPolicy(NoOptions(), lent())


class TestContract(SchedulingPolicyContract):
    def make(self) -> SchedulingPolicy:
        return retry()


def test_the_first_attempt_is_due_at_once() -> None:
    assert retry().plan(Planning(REQUEST), START, ACCOUNT) == Due(START)


def test_the_interval_runs_from_the_end_of_the_failed_attempt() -> None:
    request = replace(REQUEST, max_retries=1, retry_interval=600)
    planning = Planning(request, attempts=1, last_ended_at=START - 7)
    assert retry().plan(planning, START, ACCOUNT) == Due(START - 7 + 600)


@pytest.mark.parametrize(
    ("max_retries", "attempts", "again"), [(0, 1, False), (1, 1, True), (1, 2, False), (3, 3, True)]
)
def test_attempts_allowed_are_one_and_the_retries(max_retries: int, attempts: int, again: bool) -> None:
    planning = Planning(replace(REQUEST, max_retries=max_retries), attempts, START)
    assert isinstance(retry().plan(planning, START, ACCOUNT), Due) is again


def test_the_refusal_says_how_many_attempts_there_were() -> None:
    planning = Planning(replace(REQUEST, max_retries=2), attempts=3, last_ended_at=START)
    assert retry().plan(planning, START, ACCOUNT) == Refuse("all attempts are used up (3 of 3)")


def test_it_is_offered_by_its_hook() -> None:
    assert register_scheduling_policies() == [RetryPolicy]

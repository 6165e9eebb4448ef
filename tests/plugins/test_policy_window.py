from dataclasses import replace

import pytest

from mirabelle.core.interfaces.component import NoOptions
from mirabelle.core.interfaces.policy import Defer, Facts, Planning, Refuse, SchedulingPolicy
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.scheduling_policy import REQUEST, SchedulingPolicyContract
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import Account, Call, CallRequest, CallState, Due
from mirabelle.plugins.policy_window import WindowPolicy, register_scheduling_policies

ACCOUNT = Account("acme")


def window() -> WindowPolicy:
    return WindowPolicy(NoOptions(), lent())


def claimed(request: CallRequest) -> Call:
    return Call(1, request, CallState.CLAIMED, START, Due(START))


class TestContract(SchedulingPolicyContract):
    def make(self) -> SchedulingPolicy:
        return window()


def test_a_call_is_due_when_its_window_opens() -> None:
    request = replace(REQUEST, not_before_at=START + 90)
    assert window().plan(Planning(request), START, ACCOUNT) == Due(START + 90)


@pytest.mark.parametrize("closes", [START, START - 1, 0.5])
def test_a_call_whose_window_has_closed_is_refused(closes: float) -> None:
    answer = window().plan(Planning(replace(REQUEST, expires_at=closes)), START, ACCOUNT)
    assert isinstance(answer, Refuse)
    assert "window closed at" in answer.reason


def test_the_reason_names_the_instant_for_people() -> None:
    answer = window().plan(Planning(replace(REQUEST, expires_at=START)), START, ACCOUNT)
    assert answer == Refuse("its window closed at 2026-06-01 12:00:00+00:00")


@pytest.mark.parametrize(("now", "dialled"), [(-0.001, False), (0.0, True), (9.999, True), (10.0, False), (11, False)])
def test_at_the_moment_of_dialling_the_window_counts_once_more(now: float, dialled: bool) -> None:
    call = claimed(replace(REQUEST, not_before_at=START, expires_at=START + 10))
    assert (window().admit(call, START + now, Facts()) is None) is dialled


def test_a_call_that_came_too_early_waits_for_its_window() -> None:
    call = claimed(replace(REQUEST, not_before_at=START + 30))
    answer = window().admit(call, START, Facts())
    assert answer == Defer(START + 30, "its window opens at 2026-06-01 12:00:30+00:00")


def test_an_instant_beyond_the_calendar_still_has_a_reason() -> None:
    answer = window().admit(claimed(replace(REQUEST, not_before_at=1e18)), START, Facts())
    assert isinstance(answer, Defer)
    assert "1000000000000000000 s" in answer.reason


def test_it_is_offered_by_its_hook() -> None:
    assert register_scheduling_policies() == [WindowPolicy]

from dataclasses import dataclass

import pytest

from mirabelle.core.interfaces.component import NoOptions
from mirabelle.core.interfaces.policy import Defer, Facts, Planning, Refuse, SchedulingPolicy
from mirabelle.core.scheduling import LEAST_DEFERRAL, PolicyFailed, SchedulingChain
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.scheduling_policy import REQUEST
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import Account, Call, CallState, Due

ACCOUNT = Account("acme")
AT_ONCE = Due(0.0)
CALL = Call(1, REQUEST, CallState.CLAIMED, START, Due(START))


@dataclass(frozen=True)
class Answers:
    plan: Due | Refuse = AT_ONCE
    admit: Defer | None = None
    needs: frozenset[str] = frozenset()


class Fixed(SchedulingPolicy):
    name = "fixed"
    Options = Answers

    @property
    def needs(self) -> frozenset[str]:  # type: ignore[override]
        needs: frozenset[str] = self.options.needs
        return needs

    def plan(self, planning: Planning, now: float, account: Account) -> Due | Refuse:
        answer: Due | Refuse = self.options.plan
        return answer

    def admit(self, call: Call, now: float, facts: Facts) -> Defer | None:
        answer: Defer | None = self.options.admit
        return answer


class Broken(SchedulingPolicy):
    name = "broken"

    def plan(self, planning: Planning, now: float, account: Account) -> Due | Refuse:
        raise ZeroDivisionError("by zero")

    def admit(self, call: Call, now: float, facts: Facts) -> Defer | None:
        raise KeyError("listed")


def chain(*answers: Answers) -> SchedulingChain:
    return SchedulingChain([Fixed(answer, lent()) for answer in answers])


def test_without_a_policy_a_call_is_due_at_once() -> None:
    assert chain().plan(Planning(REQUEST), START, ACCOUNT) == Due(START)
    assert chain().admit(CALL, START, Facts()) is None


def test_the_latest_due_time_wins_and_ranks_add_up() -> None:
    planned = chain(Answers(Due(START + 5, 1)), Answers(Due(START + 9, -3)), Answers(Due(START + 7, 10)))
    assert planned.plan(Planning(REQUEST), START, ACCOUNT) == Due(START + 9, 8)


def test_at_once_is_now_so_that_it_does_not_overtake_what_is_due_already() -> None:
    assert chain(Answers(Due(0.0))).plan(Planning(REQUEST), START, ACCOUNT) == Due(START)


def test_the_first_refusal_ends_it() -> None:
    refusing = chain(Answers(Due(START + 5)), Answers(Refuse("listed")), Answers(Refuse("too late")))
    assert refusing.plan(Planning(REQUEST), START, ACCOUNT) == Refuse("listed")


def test_the_longest_deferral_wins() -> None:
    early, late = Defer(START + 5, "early"), Defer(START + 50, "late")
    assert chain(Answers(admit=early), Answers(), Answers(admit=late)).admit(CALL, START, Facts()) == late
    assert chain(Answers(admit=late), Answers(admit=early)).admit(CALL, START, Facts()) == late


def test_a_deferral_that_is_not_after_now_is_moved_there() -> None:
    deferred = chain(Answers(admit=Defer(START - 5, "mistaken"))).admit(CALL, START, Facts())
    assert deferred == Defer(START + LEAST_DEFERRAL, "mistaken")


def test_the_chain_needs_what_any_of_them_needs() -> None:
    assert chain(Answers(needs=frozenset({"listed"})), Answers(needs=frozenset({"x"}))).needs == {"listed", "x"}


def test_a_policy_that_raises_is_named() -> None:
    broken = SchedulingChain([Broken(NoOptions(), lent())])
    with pytest.raises(PolicyFailed, match="'broken' raised ZeroDivisionError: by zero"):
        broken.plan(Planning(REQUEST), START, ACCOUNT)
    with pytest.raises(PolicyFailed, match="'broken' raised KeyError"):
        broken.admit(CALL, START, Facts())

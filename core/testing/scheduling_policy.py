"""What every SchedulingPolicy must do. For plugin authors: `class TestMine(SchedulingPolicyContract)`.

pytest collects the inherited tests; `make` is all that has to be written.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace

from mirabelle.core.interfaces.policy import Defer, Facts, Planning, Refuse, SchedulingPolicy
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import Account, Attempt, AttemptState, Call, CalleeType, CallRequest, CallState, Due

REQUEST = CallRequest(
    account="acme",
    phone_number="16175551212",
    destination="+16175551212",
    start_url="http://app.example/start",
)
# One whose result is posted.
POSTED = replace(REQUEST, result_url="http://app.example/result")


class SchedulingPolicyContract(ABC):
    """Promises of `SchedulingPolicy` that hold for any policy."""

    @abstractmethod
    def make(self) -> SchedulingPolicy:
        """A new policy, with the options that are to be tested."""

    def facts(self, call: Call) -> Facts:
        """The facts that the policy needs about that call; to be overridden by a policy that needs some."""
        return Facts()

    def account(self) -> Account:
        """The account that the calls belong to."""
        return Account(REQUEST.account)

    def requests(self) -> Iterator[CallRequest]:
        """The requests that the promises are tried on; may be overridden."""
        for opens in (0.0, START - 3600, START + 3600):
            for closes in (None, START - 60, START + 7200):
                for retries in (0, 3):
                    yield replace(REQUEST, not_before_at=opens, expires_at=closes, max_retries=retries)

    def plannings(self) -> Iterator[Planning]:
        """Those requests before the first attempt, and after one that failed."""
        for request in self.requests():
            yield Planning(request)
            yield Planning(request, attempts=1, last_ended_at=START - 5)

    def test_it_has_a_name(self) -> None:
        """By its name the configuration picks it."""
        name = self.make().name
        assert isinstance(name, str)
        assert name

    def test_plan_says_when_or_refuses_with_a_reason(self) -> None:
        """A plan is an instant, or a reason that people can read."""
        policy = self.make()
        for planning in self.plannings():
            answer = policy.plan(planning, START, self.account())
            assert isinstance(answer, Due | Refuse), planning
            if isinstance(answer, Refuse):
                assert answer.reason.strip(), planning

    def test_plan_is_pure(self) -> None:
        """The same question gets the same answer, from the same policy and from a new one."""
        policy = self.make()
        for planning in self.plannings():
            first = policy.plan(planning, START, self.account())
            assert policy.plan(planning, START, self.account()) == first, planning
            assert self.make().plan(planning, START, self.account()) == first, planning

    def test_what_it_planned_it_admits(self) -> None:
        """A call that is offered when its plan says so is not put off: it would never be dialled."""
        policy = self.make()
        for planning in self.plannings():
            due = policy.plan(planning, START, self.account())
            if isinstance(due, Refuse):
                continue
            at = max(due.at, START)
            if planning.request.expires_at is not None and at >= planning.request.expires_at:
                continue
            call = _claimed(planning, due)
            assert policy.admit(call, at, self.facts(call)) is None, planning

    def test_a_deferral_lies_in_the_future_and_has_a_reason(self) -> None:
        """A deferral to now or earlier would have the call claimed for ever."""
        policy = self.make()
        for planning in self.plannings():
            call = _claimed(planning, Due(START))
            answer = policy.admit(call, START, self.facts(call))
            if answer is not None:
                assert isinstance(answer, Defer), planning
                assert answer.until > START, planning
                assert answer.reason.strip(), planning

    def test_admit_is_pure(self) -> None:
        """The same call at the same instant gets the same answer."""
        policy = self.make()
        for planning in self.plannings():
            call = _claimed(planning, Due(START))
            first = policy.admit(call, START, self.facts(call))
            assert policy.admit(call, START, self.facts(call)) == first, planning


def _claimed(planning: Planning, due: Due) -> Call:
    return Call(
        id=1,
        request=planning.request,
        state=CallState.CLAIMED,
        queued_at=START - 60,
        due=due,
        attempts=planning.attempts,
        last_attempt=_failed(planning.last_ended_at) if planning.last_ended_at is not None else None,
    )


def _failed(ended_at: float) -> Attempt:
    return Attempt(1, AttemptState.ENDED, ended_at - 20, None, ended_at, CalleeType.BUSY)

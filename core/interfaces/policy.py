"""SchedulingPolicy: pure decisions on when a call may be dialled."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from mirabelle.core.interfaces.component import Component
from mirabelle.core.types import Account, Call, CallRequest, Due


@dataclass(frozen=True, slots=True)
class Planning:
    """What `plan` looks at: a call before its first attempt (`attempts` 0) or after one that failed.

    `last_ended_at` is the end of the failed attempt.
    """

    request: CallRequest
    attempts: int = 0
    last_ended_at: float | None = None


@dataclass(frozen=True, slots=True)
class Refuse:
    """The call must not be queued, or not be tried again. The reason is for people to read."""

    reason: str


@dataclass(frozen=True, slots=True)
class Defer:
    """Not now. `until` is after the instant asked about; the reason is for people to read."""

    until: float
    reason: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the dispatcher knows about a claimed call beyond the call itself; a policy names what it `needs`."""

    values: Mapping[str, object] = field(default_factory=dict)


class SchedulingPolicy(Component):
    """One link of the chain that decides when calls are dialled. Pure: no I/O, no clock.

    The chain asks each policy in the configured order. `plan`: the latest `Due.at` wins, ranks add up, the first
    `Refuse` ends it. `admit`: the `Defer` with the latest `until` wins.
    """

    needs: ClassVar[frozenset[str]] = frozenset()

    @abstractmethod
    def plan(self, planning: Planning, now: float, account: Account) -> Due | Refuse:
        """When the call is offered to be dialled. `Due.at` may lie in the past: at once."""

    @abstractmethod
    def admit(self, call: Call, now: float, facts: Facts) -> Defer | None:
        """The last word before dialling, on a claimed call. None: go ahead."""

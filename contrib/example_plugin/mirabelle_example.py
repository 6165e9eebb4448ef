"""Premium-rate numbers are refused; on days off nobody is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from mirabelle import hookimpl
from mirabelle.core.interfaces.policy import Defer, Facts, Planning, SchedulingPolicy
from mirabelle.core.types import Account, Call, CallRequest, Due

PREMIUM = ("+1900", "+1976", "+4490", "+4487", "+49900")


@hookimpl
def check_call_request(request: CallRequest, account: Account) -> Sequence[str]:
    """Refuse numbers that cost the platform's owner dearly."""
    if request.destination.startswith(PREMIUM):
        return [f"{request.phone_number} is a premium-rate number"]
    return []


@dataclass(frozen=True, slots=True)
class DaysOffOptions:
    """`dates` are days such as "2026-12-25", from midnight to midnight in `time_zone`."""

    dates: tuple[str, ...] = ()
    time_zone: str = "UTC"

    def __post_init__(self) -> None:
        for date in self.dates:
            datetime.fromisoformat(date)
        ZoneInfo(self.time_zone)


class DaysOff(SchedulingPolicy):
    """Puts calls off to the end of the day off, or of several in a row."""

    name = "days_off"
    Options = DaysOffOptions

    def plan(self, planning: Planning, now: float, account: Account) -> Due:
        """Due at the first instant that is on no day off."""
        return Due(self._next_working_instant(max(now, planning.request.not_before_at)))

    def admit(self, call: Call, now: float, facts: Facts) -> Defer | None:
        """The day may have changed since the call was planned."""
        until = self._next_working_instant(now)
        return Defer(until, "it is a day off") if until > now else None

    def _next_working_instant(self, at: float) -> float:
        moment = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(self.options.time_zone))
        while moment.date().isoformat() in self.options.dates:
            midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
            moment = midnight + timedelta(days=1)
        return max(at, moment.timestamp())


@hookimpl
def register_scheduling_policies() -> Sequence[type[SchedulingPolicy]]:
    """Offer it as `days_off`."""
    return [DaysOff]

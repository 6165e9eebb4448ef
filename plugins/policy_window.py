"""The window of a call: not before it opens, never once it has closed (contract, section 9)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from mirabelle import hookimpl
from mirabelle.core.interfaces.policy import Defer, Facts, Planning, Refuse, SchedulingPolicy
from mirabelle.core.types import Account, Call, CallRequest, Due

# How long a call whose window closed on the way to the telephone stays out of sight: its result is posted meanwhile.
CLOSED = 60.0


class WindowPolicy(SchedulingPolicy):
    """Dials from `not_before_at` on and before `expires_at`; asked again at the moment of dialling."""

    name = "window"

    def plan(self, planning: Planning, now: float, account: Account) -> Due | Refuse:
        """Due when the window opens. What is past its expiration is refused."""
        if _closed(planning.request, now):
            return Refuse(_closing(planning.request))
        return Due(planning.request.not_before_at)

    def admit(self, call: Call, now: float, facts: Facts) -> Defer | None:
        """Back to the queue when the window is not open at this instant."""
        if _closed(call.request, now):
            return Defer(now + CLOSED, _closing(call.request))
        if now < call.request.not_before_at:
            return Defer(call.request.not_before_at, f"its window opens at {_written(call.request.not_before_at)}")
        return None


def _closed(request: CallRequest, now: float) -> bool:
    return request.expires_at is not None and request.expires_at <= now


def _closing(request: CallRequest) -> str:
    return f"its window closed at {_written(request.expires_at or 0.0)}"


def _written(at: float) -> str:
    try:
        return datetime.fromtimestamp(at, UTC).isoformat(sep=" ", timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return f"{at:.0f} s after 1970"


@hookimpl
def register_scheduling_policies() -> Sequence[type[SchedulingPolicy]]:
    """Offer it as `window`."""
    return [WindowPolicy]

"""The far ends that a simulated transfer reaches: `[[transfer]]` of the caller rules."""

from dataclasses import dataclass

OUTCOMES = (
    "connected",
    "far_end_disconnect",
    "near_end_disconnect",
    "busy",
    "noanswer",
    "network_busy",
    "network_disconnect",
    "maxtime_disconnect",
    "unknown",
    "hangup",
)


@dataclass(frozen=True, slots=True)
class FarEnd:
    """What happens on one transfer. Spans are seconds.

    `answers`: until the far end answers. `duration`: how long they are connected, None: 5 s. `says`, `keys` and
    `hangup` are what the caller does during it, `at` seconds after it was connected.
    """

    outcome: str = "connected"
    answers: float = 0.0
    duration: float | None = None
    says: str | None = None
    keys: str | None = None
    hangup: bool = False
    at: float | None = None

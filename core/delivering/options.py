"""How results are delivered: the table `[deliverer]`."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DelivererOptions:
    """Spans are seconds of the platform's clock, but for `longest_try`, which is real time as all HTTP is.

    `at_once`: deliveries under way on this node; `per_host`: to one host. `in_hand`: how many may wait here for their
    turn. `lease`: how long a delivery is kept from other nodes. `poll`: how often the outbox is looked at for what
    other processes have put there. `longest_try`: after that many seconds a try has failed, whatever it still does.
    """

    at_once: int = 128
    per_host: int = 16
    in_hand: int = 2000
    batch: int = 100
    lease: float = 90.0
    poll: float = 1.0
    longest_try: float = 60.0

    def __post_init__(self) -> None:
        for name in ("at_once", "per_host", "in_hand", "batch"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more")
        for name in ("lease", "poll", "longest_try"):
            if not 0 < getattr(self, name) < math.inf:
                raise ValueError(f"{name} must be more than 0 seconds")

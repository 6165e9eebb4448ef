"""How the dispatcher works: the table `[dispatcher]`."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DispatchOptions:
    """Spans are seconds of the platform's clock.

    `channels`: calls at once on the whole platform, no limit when left out. `lease`: how long a node may be silent
    before others take its calls over; renewed at a third of it. `batch`: calls that are claimed at once. `poll`: how
    often the queue is looked at for what other processes have put there. `longest_attempt`: how long an attempt may
    last, from dialling on, before it is hung up: a script that goes in circles must not hold a line for ever.
    `hang_up_grace`: how long a call that was hung up may take to end in order before it is given up.
    """

    channels: int | None = 100
    lease: float = 30.0
    batch: int = 50
    poll: float = 1.0
    longest_attempt: float = 3600.0
    hang_up_grace: float = 5.0

    def __post_init__(self) -> None:
        if self.channels is not None and self.channels < 0:
            raise ValueError("channels must be 0 or more")
        if self.batch < 1:
            raise ValueError("batch must be 1 or more")
        for name in ("lease", "poll", "longest_attempt", "hang_up_grace"):
            if not 0 < getattr(self, name) < math.inf:
                raise ValueError(f"{name} must be more than 0 seconds")

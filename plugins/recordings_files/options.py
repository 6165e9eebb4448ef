"""The options of the store: `[recordings.files]`."""

import math
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FilesOptions:
    """`folder` is below the platform's data folder unless absolute. `retention`: seconds for which recordings stay
    there, for people to hear; none goes before its call is over, and with 0 each goes then. `largest`: bytes of one
    recording; `largest_total`: of all that are there.
    """

    folder: Path = Path("recordings")
    retention: float = 0.0
    largest: int = 20 << 20
    largest_total: int = 1 << 30

    def __post_init__(self) -> None:
        if not 0 <= self.retention < math.inf:
            raise ValueError("retention must be 0 seconds or more")
        if not 0 < self.largest <= self.largest_total:
            raise ValueError("largest must be more than 0, and largest_total at least that")

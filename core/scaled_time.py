"""Where sped-up time stands, kept in the data folder: a restart must not throw the platform back into the past.

What is stored in sped-up time (leases, retries, windows) would otherwise lie hours ahead after a crash.
"""

from __future__ import annotations

import json
import math
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from mirabelle.core.clock import ScaledClock

NAME = "scaled-clock.json"


@dataclass(frozen=True, slots=True)
class Mark:
    """At the instant `real` of the world (UNIX seconds) the clock showed `scaled` and ran `scale` times as fast."""

    real: float
    scaled: float
    scale: float

    def shows(self, real: float) -> float:
        """What that clock shows at an instant of the world; never less than the world's own."""
        return max(real, self.scaled + (real - self.real) * self.scale)


def resumed(folder: Path, scale: float, real: float) -> ScaledClock:
    """A clock that goes on where the last one of this folder stands at the instant `real`, at the new speed."""
    mark = read(folder)
    return ScaledClock(scale, mark.shows(real) if mark else real)


def read(folder: Path) -> Mark | None:
    """The mark of the folder; None when there is none that can be read."""
    try:
        values = json.loads((folder / NAME).read_text("utf-8"))
        mark = Mark(*(float(values[name]) for name in ("real", "scaled", "scale")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return mark if all(math.isfinite(value) for value in asdict(mark).values()) else None


def write(folder: Path, clock: ScaledClock, real: float) -> None:
    """Keep where the clock stands at the instant `real`, whole or not at all."""
    # Commands beside a running server do the same; the mark that each writes lies on the same line.
    new = folder / f"{NAME}.{os.getpid()}"
    new.write_text(json.dumps(asdict(Mark(real, clock.now(), clock.scale))), "utf-8")
    new.replace(folder / NAME)

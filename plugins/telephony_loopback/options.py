"""The options of the loopback telephony: `[telephony.loopback]`."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LoopbackOptions:
    """`channels`: legs at once; None: no limit. `journal`: the folder of the journals of dials and legs, below the
    platform's data folder unless absolute. `rules`: the folder of the caller rules that `loopback:voice?rules=FILE` may
    name; None: there are none.
    """

    channels: int | None = None
    rules: Path | None = None
    journal: Path = Path("loopback")

    def __post_init__(self) -> None:
        if self.channels is not None and self.channels < 1:
            raise ValueError(f"channels is {self.channels}: at least 1, or left out for no limit")

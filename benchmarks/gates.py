"""Gates: what a figure must reach."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Gate:
    """The bound of one figure; with neither bound it is met by any."""

    says: str
    at_least: float | None = None
    at_most: float | None = None

    def met(self, figure: float) -> bool:
        """Whether the figure is within the bounds."""
        return (self.at_least is None or figure >= self.at_least) and (self.at_most is None or figure <= self.at_most)

    @property
    def bound(self) -> str:
        """The gate for a table: ">= 2000", "<= 1.5", or "-"."""
        bounds = [(">=", self.at_least), ("<=", self.at_most)]
        return " ".join(f"{sign} {value:g}" for sign, value in bounds if value is not None) or "-"


def read_gates(path: Path) -> dict[str, Gate]:
    """The gates of a TOML file by the name of their figure."""
    return {name: Gate(**table) for name, table in tomllib.loads(path.read_text("utf-8")).items()}

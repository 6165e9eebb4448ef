"""What `check` reports."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps a document, or a part of it, from working; a warning is probably not what was meant."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `standard` names the section that says so, "" for none; `remedy` says what to do."""

    rule: str
    severity: Severity
    line: int | None
    element: str
    message: str
    standard: str
    remedy: str

"""What was found in one document or grammar, and how it is shown."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from mirabelle.vxml_interpreter.checking.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """The problems of what lies at `url`, in the order of their lines."""

    url: str
    problems: Sequence[Problem]

    @property
    def file(self) -> str:
        """Its name for people: a path where it is a file, as short as it can be said from here."""
        if urlsplit(self.url).scheme != "file":
            return self.url
        path = Path(url2pathname(urlsplit(self.url).path))
        here = Path.cwd()
        return str(path.relative_to(here) if path.is_relative_to(here) else path)

    def count(self, severity: Severity) -> int:
        """How many problems of that severity there are."""
        return sum(problem.severity is severity for problem in self.problems)


def show_lines(report: Report, write: Callable[[str], object]) -> None:
    """A line for each problem: where, what, which section says so, what to do."""
    for problem in report.problems:
        line = f":{problem.line}" if problem.line else ""
        element = f"<{problem.element}> " if problem.element else ""
        section = f" ({problem.standard})" if problem.standard else ""
        message = " ".join(f"{element}{problem.message}{section}. {problem.remedy}".split())
        write(f"{report.file}{line}: {problem.severity}: {message} [{problem.rule}]")


def show_json(report: Report, write: Callable[[str], object]) -> None:
    """A JSON object for each problem."""
    for problem in report.problems:
        shown = {
            "file": report.file,
            "line": problem.line,
            "element": problem.element,
            "severity": problem.severity,
            "rule": problem.rule,
            "message": problem.message,
            "section": problem.standard,
            "remedy": problem.remedy,
        }
        write(json.dumps(shown, ensure_ascii=False))


def summary(reports: Sequence[Report]) -> str:
    """How much was looked at and found, for people."""
    errors = sum(report.count(Severity.ERROR) for report in reports)
    warnings = sum(report.count(Severity.WARNING) for report in reports)
    counted = ((len(reports), "document"), (errors, "error"), (warnings, "warning"))
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counted)

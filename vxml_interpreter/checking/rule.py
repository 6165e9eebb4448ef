"""Rules: small functions that look at a document and say what is wrong where."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from mirabelle.vxml_interpreter.checking.problem import Problem, Severity
from mirabelle.vxml_interpreter.checking.subject import Subject
from mirabelle.vxml_interpreter.faults import standard
from mirabelle.vxml_interpreter.tree import Element

MOST_FOUND: Final = 100
"""Nobody reads more of what one rule finds in one document."""

Finding = tuple[Element, str]
Find = Callable[[Subject], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with what to do about what it finds. Findings are elements, each with the sentence about it."""

    name: str
    severity: Severity
    section: str
    remedy: str
    find: Find

    def problems(self, subject: Subject) -> Iterator[Problem]:
        """What it finds in a document."""
        for element, message in islice(self.find(subject), MOST_FOUND):
            yield Problem(
                self.name, self.severity, element.line, element.name, message, standard(self.section), self.remedy
            )


def error(name: str, section: str, remedy: str) -> Callable[[Find], Rule]:
    """Make a function the rule of that name, whose findings are errors."""
    return lambda find: Rule(name, Severity.ERROR, section, remedy, find)


def warning(name: str, section: str, remedy: str) -> Callable[[Find], Rule]:
    """Make a function the rule of that name, whose findings are warnings."""
    return lambda find: Rule(name, Severity.WARNING, section, remedy, find)

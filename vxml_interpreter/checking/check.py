"""Checks one document: all that its loading would say, and all that the rules find."""

from collections.abc import Sequence
from dataclasses import dataclass

from mirabelle.vxml_interpreter import leniencies
from mirabelle.vxml_interpreter.checking import remedies
from mirabelle.vxml_interpreter.checking.problem import Problem, Severity
from mirabelle.vxml_interpreter.checking.rules import RULES
from mirabelle.vxml_interpreter.checking.subject import Parse, Subject
from mirabelle.vxml_interpreter.compiling import examine
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.parsing import parse


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one document. `subject` None: it could not be read at all."""

    problems: Sequence[Problem]
    subject: Subject | None

    @property
    def errors(self) -> bool:
        """Whether anything keeps it from working."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def check(body: bytes, media_type: str, documents: Documents, parse_script: Parse) -> Checked:
    """Check a document against the vocabulary, the limits and the leniencies of `documents`. Never raises."""
    settings = documents.settings
    try:
        root = parse(body, media_type, settings.limits)
    except DocumentFault as fault:
        return Checked((remedies.of_fault(fault),), None)
    # All is forgiven here, so that what is not in force does not hide the rest; it is told as an error.
    examined = examine(root, documents.vocabulary, leniencies.NAMES)
    problems = [remedies.of_fault(fault) for fault in examined.faults]
    problems += [remedies.of_lenience(use, settings.leniencies) for use in examined.lenient]
    subject = None
    if examined.element is not None:
        subject = Subject(examined.element, parse_script, documents.grammars)
        for rule in RULES:
            problems += rule.problems(subject)
    return Checked(sorted(problems, key=lambda problem: problem.line or 0), subject)

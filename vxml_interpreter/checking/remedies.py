"""What to do about the loader's faults, by their kind."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mirabelle.vxml_interpreter.checking.problem import Problem, Severity
from mirabelle.vxml_interpreter.faults import DocumentFault, standard
from mirabelle.vxml_interpreter.leniencies import LENIENCIES
from mirabelle.vxml_interpreter.mending import Lenience

REMEDIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "not-readable": "Deliver well-formed XML in the encoding that it declares.",
        "too-large": "Part the document, or raise the platform's limit in [voicexml.limits].",
        "internal-subset": "Name the document type by its identifiers only, or leave the DOCTYPE out.",
        "root-element": "Deliver a document whose root element is <vxml>.",
        "unknown-element": "Mend its name, or remove it.",
        "foreign-element": "Remove it, or install the plugin that offers it.",
        "misplaced-element": "Move it to where the section allows it.",
        "misplaced-text": "Put the text into a <prompt>, or remove it.",
        "unknown-attribute": "Mend its name, or remove it.",
        "missing-attribute": "Add the attribute.",
        "bad-value": "Write a value of the type that the attribute has.",
        "exclusive-attributes": "Give one of them, and no other.",
        "rule-of-element": "Change it as the section says.",
        "unknown-entity": "Write the character itself, or its number, as in &#228;.",
    }
)


def of_fault(fault: DocumentFault) -> Problem:
    """A fault of the loader as a problem."""
    section = standard(fault.section) if fault.section else ""
    remedy = REMEDIES[fault.rule]
    return Problem(fault.rule, Severity.ERROR, fault.line, fault.element, fault.cause, section, remedy)


def of_lenience(use: Lenience, in_force: frozenset[str]) -> Problem:
    """What is forgiven, as a warning; what would be were its leniency in force, as an error."""
    severity = Severity.WARNING if use.name in in_force else Severity.ERROR
    remedy = "Mend it: other platforms, and this one with strict = true, do not understand it."
    return Problem(use.name, severity, use.line, use.element, use.message, LENIENCIES[use.name].section, remedy)

"""What a document refers to by URIs that are no expressions, and what is wrong with where they lead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import urljoin

from mirabelle.vxml_interpreter.checking.check import Checked
from mirabelle.vxml_interpreter.checking.problem import Problem, Severity
from mirabelle.vxml_interpreter.checking.subject import Subject
from mirabelle.vxml_interpreter.faults import hint, standard
from mirabelle.vxml_interpreter.tree import Element


class Target(StrEnum):
    """What something refers to."""

    DOCUMENT = "document"
    SUBDIALOG = "subdialog"
    ROOT = "application root document"
    GRAMMAR = "grammar"
    SCRIPT = "script"
    AUDIO = "audio"

    @property
    def is_document(self) -> bool:
        """Whether it is VoiceXML."""
        return self in (Target.DOCUMENT, Target.SUBDIALOG, Target.ROOT)


# A submit is left out: what it gets depends on what it sends.
_REFERRING: Final[Mapping[str, tuple[str, Target]]] = MappingProxyType(
    {
        "goto": ("next", Target.DOCUMENT),
        "choice": ("next", Target.DOCUMENT),
        "link": ("next", Target.DOCUMENT),
        "subdialog": ("src", Target.SUBDIALOG),
        "vxml": ("application", Target.ROOT),
        "grammar": ("src", Target.GRAMMAR),
        "script": ("src", Target.SCRIPT),
        "audio": ("src", Target.AUDIO),
    }
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Where an element refers to. `url` is absolute and without the `fragment`."""

    element: Element
    target: Target
    url: str
    fragment: str


def references(subject: Subject, url: str) -> Iterator[Reference]:
    """What a document that lies at `url` refers to outside of itself, in document order. What is no URI is left out."""
    for element in subject.named(*_REFERRING):
        attribute, target = _REFERRING[element.name]
        written = (element.text(attribute) or "").strip()
        # A subdialog that sends variables gets what depends on them.
        if not written or written.startswith(("#", "builtin:")) or element.names("namelist"):
            continue
        base = urljoin(url, subject.root.base if element is subject.root else element.base)
        try:
            address, _, fragment = urljoin(base, written).partition("#")
        except ValueError:
            continue
        yield Reference(element, target, address, fragment)


def missing(reference: Reference, cause: str) -> Problem:
    """What is referred to cannot be had. Missing audio is silence, or what stands in its place (4.1.3)."""
    severity = Severity.WARNING if reference.target is Target.AUDIO else Severity.ERROR
    message = f"the {reference.target} {reference.url} cannot be had: {cause}"
    return _problem("missing-resource", severity, reference, message, "6.1.1", "Mend the reference, or deliver it.")


def unusable(reference: Reference, cause: str) -> Problem:
    """What is referred to is not what it should be."""
    message = f"{reference.url} is no {reference.target}: {cause}"
    remedy = "Mend what is there, or the reference."
    return _problem("unusable-resource", Severity.ERROR, reference, message, "5.2.6", remedy)


def across(reference: Reference, there: Checked) -> Iterator[Problem]:
    """What is wrong between a reference and the document that it leads to."""
    if there.subject is None:
        yield unusable(reference, there.problems[0].message)
    elif reference.target is Target.ROOT:
        yield from _root(reference, there.subject)
    else:
        yield from _dialog(reference, there.subject)


def _root(reference: Reference, there: Subject) -> Iterator[Problem]:
    if "application" in there.root:
        message = f"the application root document {reference.url} has a root document itself"
        remedy = 'Remove the attribute "application" of the root document.'
        yield _problem("root-with-root", Severity.ERROR, reference, message, "1.5.2", remedy)
    if reference.fragment:
        message = f'the fragment "#{reference.fragment}" of a root document means nothing'
        yield _problem("fragment-of-root", Severity.WARNING, reference, message, "1.5.2", "Remove the fragment.")


def _dialog(reference: Reference, there: Subject) -> Iterator[Problem]:
    fragment = reference.fragment
    if fragment and fragment not in there.ids:
        message = f'{reference.url} has no dialog with the id "{fragment}"{hint(fragment, sorted(there.ids))}'
    elif not there.dialogs:
        message = f"{reference.url} has no dialog"
    else:
        return
    remedy = "Give a dialog there that id, or mend the reference."
    yield _problem("dangling-dialog", Severity.ERROR, reference, message, "5.3.7", remedy)


def _problem(rule: str, severity: Severity, reference: Reference, message: str, section: str, remedy: str) -> Problem:
    element = reference.element
    return Problem(rule, severity, element.line, element.name, message, standard(section), remedy)

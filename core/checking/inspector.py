"""Looks at documents, grammars and scripts, and at what they refer to."""

from collections.abc import Mapping, Sequence
from typing import Final

from mirabelle.core.checking.report import Report
from mirabelle.core.checking.resources import Resources, Unavailable, is_file
from mirabelle.vxml_interpreter.answers import Fetched
from mirabelle.vxml_interpreter.checking.check import Checked, check
from mirabelle.vxml_interpreter.checking.grammars import matches_nothing
from mirabelle.vxml_interpreter.checking.problem import Problem, Severity
from mirabelle.vxml_interpreter.checking.references import (
    Reference,
    Target,
    across,
    missing,
    references,
    unusable,
)
from mirabelle.vxml_interpreter.checking.subject import Parse
from mirabelle.vxml_interpreter.commands import Purpose
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.grammar.formats import GrammarFault, GrammarSource, UnsupportedFormat
from mirabelle.vxml_interpreter.leniency import grammar_type_guessed
from mirabelle.vxml_interpreter.script import ScriptError, ScriptLimit

MOST_DOCUMENTS: Final = 200
"""Where links are followed, so many documents are looked at."""
_MOST_GRAMMARS: Final = 50
_PURPOSES: Final[Mapping[Target, Purpose]] = {
    Target.GRAMMAR: Purpose.GRAMMAR,
    Target.SCRIPT: Purpose.SCRIPT,
    Target.AUDIO: Purpose.AUDIO,
}
# What other documents lead to is reached, whatever the document alone looks like.
_ABOUT_REACHING: Final = frozenset({"unreachable-dialog", "dead-end"})


class Inspector:
    """Checks what lies at addresses. `follow`: documents that others lead to are reported on as well.

    Without it, what a file refers to is looked at where that is a file, too.
    """

    def __init__(self, resources: Resources, documents: Documents, parse: Parse, *, follow: bool) -> None:
        self._resources = resources
        self._documents = documents
        self._parse = parse
        self._follow = follow
        self._checked: dict[str, Checked] = {}
        self._led_to: set[tuple[str, str]] = set()
        self._roots: set[str] = set()

    async def inspect(self, url: str) -> Sequence[Report]:
        """What is wrong at this address, and with `follow` where it leads. The first report is of the address."""
        waiting, found = [url], dict[str, list[Problem]]()
        while waiting and len(found) < MOST_DOCUMENTS:
            here = waiting.pop(0)
            if here not in found:
                found[here] = []
                waiting += await self._look(here, found[here])
        if waiting and any(each not in found for each in waiting):
            found[url].append(_too_many())
        return [Report(each, sorted(self._kept(each, problems), key=_line)) for each, problems in found.items()]

    async def _look(self, url: str, problems: list[Problem]) -> list[str]:
        """Check one address; the documents that it leads to and that are to be looked at, too."""
        try:
            there = await self._resources.get(url, Purpose.DOCUMENT)
        except Unavailable as error:
            problems.append(_unavailable(str(error)))
            return []
        if is_grammar(there):
            problems += await self._grammar(there)
            return []
        checked = self._check(url, there)
        problems += checked.problems
        following: list[str] = []
        for reference in references(checked.subject, there.url) if checked.subject else ():
            if self._follow or (is_file(url) and is_file(reference.url)):
                problems += await self._refer(reference)
                if self._follow and reference.url in self._checked:
                    following.append(reference.url)
        return following

    def _check(self, url: str, there: Fetched) -> Checked:
        if url not in self._checked:
            media_type = there.headers.get("content-type", "")
            self._checked[url] = check(there.body, media_type, self._documents, self._parse)
        return self._checked[url]

    def _kept(self, url: str, problems: Sequence[Problem]) -> Sequence[Problem]:
        """What still holds when it is known what leads here."""
        lines = self._lines_led_to(url)
        gone = {"no-dialogs"} if url in self._roots else set()
        return [
            problem
            for problem in problems
            if problem.rule not in gone and not (problem.rule in _ABOUT_REACHING and problem.line in lines)
        ]

    def _lines_led_to(self, url: str) -> set[int | None]:
        checked = self._checked.get(url)
        dialogs = checked.subject.dialogs if checked and checked.subject else ()
        return {dialog.line for dialog in dialogs if (url, dialog.text("id") or "") in self._led_to}

    # ---- what is referred to ----

    async def _refer(self, reference: Reference) -> Sequence[Problem]:
        purpose = _PURPOSES.get(reference.target, Purpose.DOCUMENT)
        try:
            there = await self._resources.get(reference.url, purpose)
        except Unavailable as error:
            return (missing(reference, str(error)),)
        if reference.target.is_document:
            self._led_to.add((reference.url, reference.fragment))
            if reference.target is Target.ROOT:
                self._roots.add(reference.url)
            return tuple(across(reference, self._check(reference.url, there)))
        cause = None
        if reference.target is Target.SCRIPT:
            cause = self._script(there)
        elif reference.target is Target.GRAMMAR:
            mode_and_type = reference.element.text("type") or ""
            cause = await self._grammar_fault(there, mode_and_type)
        return () if cause is None else (unusable(reference, cause),)

    def _script(self, there: Fetched) -> str | None:
        try:
            self._parse(there.body.decode("utf-8-sig", "replace"))
        except ScriptError as error:
            return error.message if error.line is None else f"line {error.line}: {error.message}"
        except ScriptLimit as error:
            return str(error)
        return None

    async def _grammar(self, there: Fetched) -> Sequence[Problem]:
        cause = await self._grammar_fault(there, "")
        if cause is None:
            return ()
        remedy = "Mend the grammar, or install the plugin that reads its format."
        return (Problem("grammar", Severity.ERROR, None, "", cause, "SRGS 1.0", remedy),)

    async def _grammar_fault(self, there: Fetched, preferred: str) -> str | None:
        declared = there.headers.get("content-type") or preferred
        if grammar_type_guessed.LENIENCY.name in self._documents.settings.leniencies:
            declared = grammar_type_guessed.guess(there.body, declared) or declared
        try:
            compiling = self._documents.grammars.compile(GrammarSource(there.body, there.url), declared)
            reference = next(compiling)
            for _ in range(_MOST_GRAMMARS):
                answer = await self._resources.get(reference, Purpose.GRAMMAR)
                reference = compiling.send(GrammarSource(answer.body, answer.url))
        except StopIteration as done:
            return "nothing can match it" if matches_nothing(done.value) else None
        except (GrammarFault, UnsupportedFormat, Unavailable) as error:
            return str(error)
        return f"it refers to more than {_MOST_GRAMMARS} others"


def is_grammar(there: Fetched) -> bool:
    """Whether what came is a grammar and no document, by its content or else by its media type."""
    declared = grammar_type_guessed.essence(there.headers.get("content-type"))
    known = (grammar_type_guessed.SRGS_XML, grammar_type_guessed.SRGS_ABNF, grammar_type_guessed.PHRASES)
    return declared in known or grammar_type_guessed.media_type_of(there.body) is not None


def _line(problem: Problem) -> int:
    return problem.line or 0


def _unavailable(cause: str) -> Problem:
    remedy = "Mend the address, or deliver the document."
    return Problem("not-available", Severity.ERROR, None, "", cause, "VoiceXML 2.0, 5.2.6", remedy)


def _too_many() -> Problem:
    message = f"links were followed to {MOST_DOCUMENTS} documents, and no further"
    return Problem("too-many", Severity.WARNING, None, "", message, "", "Check the others by their own addresses.")

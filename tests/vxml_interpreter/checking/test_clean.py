"""Documents that are right give no errors."""

from pathlib import Path

import pytest

from mirabelle.core.rehearsal.golden import read_transcript
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.checking.check import check
from mirabelle.vxml_interpreter.checking.problem import Severity
from mirabelle.vxml_interpreter.documents import Documents

ROOT = Path(__file__).parent.parent.parent.parent
DIALOGS = ROOT / "tests" / "dialogs"
SECTIONS = sorted(path for path in DIALOGS.iterdir() if any(path.glob("*.vxml")))
DEMONSTRATION = sorted((ROOT / "core" / "demonstration").glob("*.vxml"))
# What the platform does not offer depends on its plugins, not on the document.
OF_THE_PLATFORM = frozenset({"unsupported-type", "inline-grammar", "builtin-grammar", "not-offered"})
# Its fault is what the dialogue is about, and is no event.
FAULTY = frozenset({"4.1/audio_of_no_uri"})
DOCUMENTS = Documents()
ENGINE = Js2pyEngine()


def errors(path: Path) -> list[str]:
    found = check(path.read_bytes(), "application/voicexml+xml", DOCUMENTS, ENGINE.check).problems
    return [
        f"{path.name}:{problem.line}: {problem.rule}: {problem.message}"
        for problem in found
        if problem.severity is Severity.ERROR and problem.rule not in OF_THE_PLATFORM
    ]


def about_an_error(path: Path) -> bool:
    """Whether a golden dialogue is about an error event."""
    transcript = path.with_suffix(".txt")
    read_transcript(transcript)
    return "error" in transcript.read_text("utf-8") or "error" in path.read_text("utf-8", "replace")


@pytest.mark.parametrize("section", SECTIONS, ids=lambda path: str(path.name))
def test_golden_dialogues_that_are_about_no_error_have_none(section: Path) -> None:
    named = {path: path.relative_to(DIALOGS).with_suffix("").as_posix() for path in section.glob("*.vxml")}
    clean = [path for path, name in named.items() if name not in FAULTY and not about_an_error(path)]
    assert [error for path in sorted(clean) for error in errors(path)] == []


def test_most_golden_dialogues_are_about_no_error() -> None:
    paths = [path for section in SECTIONS for path in section.glob("*.vxml")]
    assert sum(not about_an_error(path) for path in paths) > len(paths) / 2


@pytest.mark.parametrize("path", DEMONSTRATION, ids=lambda path: str(path.name))
def test_the_documents_of_the_demonstration_have_no_problems_at_all(path: Path) -> None:
    found = check(path.read_bytes(), "application/voicexml+xml", DOCUMENTS, ENGINE.check).problems
    assert [(problem.rule, problem.line) for problem in found] == []

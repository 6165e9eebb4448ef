"""Plays the W3C's VoiceXML 2.0 conformance documents through `mirabelle rehearse`, with a caller who does as told.

The documents are not ours: they lie beside the checkout, in `shared/conformance`, and the tests are skipped without.
Those listed in `vxml20_passing.txt` must pass. Any other waits for grammars, or is believed to be at fault itself.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, Protocol

import pytest

from mirabelle.core.types import EventKind

CHECKOUT: Final = Path(__file__).parents[2]
FOLDER: Final = CHECKOUT.parent / "shared" / "conformance" / "vxml20"
PASSING: Final = frozenset(Path(__file__).with_name("vxml20_passing.txt").read_text("utf-8").split())
IN_ORDER: Final = sorted(PASSING, key=int)

# Documents that are no conforming VoiceXML, with the section that says so.
FAULTY: Final[Mapping[str, str]] = {
    "59": "its root element is in the namespace http://www.w3.org/2001/txml, which is not VoiceXML's (F.1); "
    "what a processor does with such a document is undefined (F.3)",
    "163": "has <log>, which is executable content (5.3, 5.3.13), as a child of <field>: neither the DTD (Appendix B) "
    "nor the schema (Appendix O) allows it there, and F.1 asks for documents that conform to the schema",
}

LIST: Final = "alpha; bravo; charlie; delta."
COUNTED: Final = (
    "This is a log message. firstVariable value must be 2: firstVariable = 2 secondVariable incremented by "
    "firstVariable must be 1002: secondVariable + firstVariable = 1002"
)
# What is told of documents that leave the verdict to whoever listens, in its order.
TRANSCRIPTS: Final[Mapping[str, Sequence[str]]] = {
    # It exits: no more is heard, and the line is not hung up by <disconnect>.
    "113": ["exit {}"],
    "217": ["C: For alpha, press 1 For bravo, press 2 For charlie, press 3 For delta, press 4", "exit {}"],
    "218": [f"C: {LIST}", "exit {}"],
    "219": ["C: No input expected. Say nothing .", f"C: {LIST}", "exit {}"],
    "369": [
        "log: If you heard \"this is a test\", then this test passed successfully",
        "audio: http://localhost/vxml/369.wav 2.183 s",
        "C: pass",
        "exit {}",
    ],
    "530": ["document: 530a1.vxml", "document: 526b.vxml", "C: pass", "end {}"],
    "1152": [
        f"log: {COUNTED}",
        "C: Look into logging message to verify that the log message and evaluation are reported in document order.",
        "C: pass",
        "end {}",
    ],
    "1162": ["log: About to exit with expr three, drumroll please...", "C: pass", 'exit {"expr": 3}'],
    "1163": [
        "log: [labelThatMustBePresentInLogMessage]This is a log message.",
        "C: Look into logging message to verify that the log message is reported.",
        "C: pass",
        "end {}",
    ],
}  # fmt: skip
SHOWS_DOCUMENTS: Final = frozenset({"530"})

pytestmark = pytest.mark.skipif(
    not (FOLDER / "manifest.tsv").is_file(), reason=f"the W3C's conformance documents are not in {FOLDER}"
)


class Verdict(Protocol):
    """What came of a document."""

    @property
    def told(self) -> Sequence[Mapping[str, object]]:
        """The JSON lines."""

    @property
    def passed(self) -> bool:
        """The document says so itself."""

    @property
    def waits_for_grammars(self) -> bool:
        """It needs a grammar that is not read yet."""


Table = Callable[[str, Mapping[str, object]], None]


class Play(Protocol):
    def __call__(self, folder: Path, start: str, assertion: str = "", *, from_file: bool = False) -> Verdict:
        """Play that document."""


@cache
def cases() -> Mapping[str, Mapping[str, str]]:
    """The assertions by id."""
    if not FOLDER.is_dir():
        return {}
    with (FOLDER / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}


def start(assertion: str) -> str:
    return cases()[assertion]["start"]


def lines(verdict: Verdict, assertion: str) -> list[str]:
    """What was told, as the table of transcripts has it."""
    kinds = {"prompt", "log", "exit"} | ({"document"} if assertion in SHOWS_DOCUMENTS else set())
    told = [event for event in verdict.told if event["event"] in kinds]
    following = [*told[1:], {"at": 0.0}]
    return [_line(event, after) for event, after in zip(told, following, strict=True)]


def _line(event: Mapping[str, object], after: Mapping[str, object]) -> str:
    match event["event"]:
        case EventKind.PROMPT if event["text"]:
            return f"C: {event['text']}"
        case EventKind.PROMPT:
            source = str(event["ssml"]).partition('<audio src="')[2].partition('"')[0]
            return f"audio: {source} {float(str(after['at'])) - float(str(event['at'])):g} s"
        case EventKind.DOCUMENT:
            return f"document: {str(event['url']).rpartition('/')[2]}"
        case EventKind.LOG:
            return f"log: {event['text']}"
        case _:
            return f"{event['reason']} {json.dumps(event['values'])}"


def test_each_document_passes_or_has_its_reason() -> None:
    judged_by_ear = {assertion for assertion, row in cases().items() if row["judge"] == "transcript"}
    assert judged_by_ear == set(TRANSCRIPTS)
    assert not PASSING & (FAULTY.keys() | judged_by_ear)
    assert cases().keys() >= PASSING | FAULTY.keys()


@pytest.mark.parametrize("assertion", IN_ORDER)
def test_what_passed_still_passes(assertion: str, played: Play) -> None:
    assert str(played(FOLDER, start(assertion), assertion)) == "pass"


@pytest.mark.parametrize("assertion", TRANSCRIPTS)
def test_what_is_heard_is_what_the_assertion_says(assertion: str, played: Play) -> None:
    assert lines(played(FOLDER, start(assertion), assertion), assertion) == TRANSCRIPTS[assertion]


@pytest.mark.parametrize("assertion", ["11", "25", "300", "1003"])
def test_files_get_the_same_verdict_as_what_a_server_has(assertion: str, played: Play) -> None:
    assert str(played(FOLDER, start(assertion), assertion, from_file=True)) == "pass"


@pytest.mark.parametrize("assertion", ["289", "301", "1026"])
def test_the_program_itself_gives_the_same_verdict(
    assertion: str, played: Play, arguments: Callable[[Path, str, str], Sequence[str]]
) -> None:
    command = [sys.executable, str(CHECKOUT / "cli.py"), *arguments(FOLDER, start(assertion), assertion)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True, cwd=CHECKOUT)
    told = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert told == played(FOLDER, start(assertion), assertion).told


def test_table(table: Table, played: Play) -> None:
    verdicts = {assertion: verdict(assertion, played) for assertion in sorted(cases(), key=int)}
    passed = [assertion for assertion, text in verdicts.items() if text.startswith("pass")]
    table(f"VoiceXML 2.0, assertions of the W3C: {len(passed)} of {len(verdicts)} pass", verdicts)
    left = {assertion: text for assertion, text in verdicts.items() if text.startswith("fail")}
    assert left == {}
    assert set(passed) <= PASSING | TRANSCRIPTS.keys(), "list what passes by now in vxml20_passing.txt"


def verdict(assertion: str, played: Play) -> str:
    """A line of the table."""
    came = played(FOLDER, start(assertion), assertion)
    if assertion in TRANSCRIPTS:
        return (
            "pass (by what is heard)" if lines(came, assertion) == TRANSCRIPTS[assertion] else "fail: heard otherwise"
        )
    if assertion in FAULTY and not came.passed:
        return f"at fault: {FAULTY[assertion]}"
    return str(came)

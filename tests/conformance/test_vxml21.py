"""Plays the W3C's VoiceXML 2.1 conformance documents: those that need no SRGS grammar must pass, the others are named.

The documents are not ours: they lie beside the checkout, in `shared/conformance`, and the tests are skipped without.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Protocol

import pytest

CHECKOUT: Final = Path(__file__).parents[2]
FOLDER: Final = CHECKOUT.parent / "shared" / "conformance" / "vxml21"
STARTS: Final[Mapping[str, str]] = {
    "1": "1/1.vxml",
    "3": "3/3a.vxml",
    "5": "5/5.vxml",
    "8": "8/8a.vxml",
    "10": "10/10.vxml",
}
NEED_A_GRAMMAR: Final = frozenset({"1", "5"})

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the W3C's conformance documents are not in {FOLDER}")


class Verdict(Protocol):
    """What came of a document."""

    @property
    def passed(self) -> bool:
        """The document says so itself."""


Table = Callable[[str, Mapping[str, object]], None]
Play = Callable[[Path, str], Verdict]


def test_all_documents_are_played() -> None:
    assert {folder.name for folder in FOLDER.iterdir() if folder.is_dir()} == set(STARTS)


def test_table(table: Table, played: Play) -> None:
    verdicts = {assertion: played(FOLDER, start) for assertion, start in STARTS.items()}
    waits = {
        assertion: "waits for SRGS grammars"
        for assertion, verdict in verdicts.items()
        if assertion in NEED_A_GRAMMAR and not verdict.passed
    }
    table("VoiceXML 2.1, assertions of the W3C", {**verdicts, **waits})
    assert {assertion for assertion, verdict in verdicts.items() if not verdict.passed} <= NEED_A_GRAMMAR

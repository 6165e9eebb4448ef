"""Plays the W3C's VoiceXML 2.0 conformance documents that judge themselves, with callers that do what they are told.

The documents are not ours: they lie beside the checkout, in `shared/conformance`, and the tests are skipped without.
Those listed in `vxml20_passing.txt` must pass; the table shows the others, and which of them pass by now.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, Protocol

import pytest

from mirabelle.core.simulation.people import Action, HangUp, Press, Say

CHECKOUT: Final = Path(__file__).parents[2]
FOLDER: Final = CHECKOUT.parent / "shared" / "conformance" / "vxml20"
PASSING: Final = frozenset(Path(__file__).with_name("vxml20_passing.txt").read_text("utf-8").split())
IN_ORDER: Final = sorted(PASSING, key=int)

pytestmark = pytest.mark.skipif(
    not (FOLDER / "manifest.tsv").is_file(), reason=f"the W3C's conformance documents are not in {FOLDER}"
)


class Verdict(Protocol):
    """What came of a document."""

    @property
    def passed(self) -> bool:
        """The document says so itself."""


Play = Callable[[Path, str], Verdict]


@cache
def cases() -> Mapping[str, str]:
    """The start documents of the assertions that judge themselves, by id."""
    if not FOLDER.is_dir():
        return {}
    with (FOLDER / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {row["id"]: row["start"] for row in rows if row["judge"] == "self"}


def test_what_passed_is_still_there() -> None:
    assert cases().keys() >= PASSING


@pytest.mark.parametrize("assertion", IN_ORDER)
def test_what_passed_still_passes(assertion: str, played: Play) -> None:
    assert str(played(FOLDER, cases()[assertion])) == "pass"


def test_table(capsys: pytest.CaptureFixture[str], played: Play) -> None:
    verdicts = {assertion: played(FOLDER, start) for assertion, start in cases().items()}
    passed = {assertion for assertion, verdict in verdicts.items() if verdict.passed}
    with capsys.disabled():
        print(f"\n\nVoiceXML 2.0, assertions of the W3C: {len(passed)} of {len(verdicts)} pass")
        for assertion, verdict in sorted(verdicts.items(), key=lambda item: int(item[0])):
            new = " (not in the list yet)" if assertion in passed - PASSING else ""
            print(f"  {assertion:>5}  {verdict}{new}")
    assert passed, "no document passes: the caller or the server of this test must be broken"


@pytest.mark.parametrize(
    ("instruction", "actions"),
    [
        ("Say 'Chicago' one more time.", (Say("chicago"),)),
        ("Say London.", (Say("london"),)),
        ("Press '1'.", (Press("1"),)),
        ("No input expected. Say nothing until asked.", ()),
        ("Say something unrecognizable now.", (Say("antidisestablishmentarianism"),)),
        ("Recite a sentence containing the word 'Chicago'.", (Say("", lasts=5.0),)),
        ("Hang up now.", (HangUp(),)),
        ("pass", None),
    ],
)
def test_the_caller_does_what_is_asked(
    instruction: str, actions: Sequence[Action] | None, obeyed: Callable[[str], Sequence[Action] | None]
) -> None:
    assert obeyed(instruction) == actions

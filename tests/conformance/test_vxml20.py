"""Plays the W3C's VoiceXML 2.0 conformance documents that judge themselves, with callers that do what they are told.

The documents are not ours: they lie beside the checkout, in `shared/conformance`, and the tests are skipped without.
Those listed in `vxml20_passing.txt` must pass; the table shows the others, and which of them pass by now.
"""

import csv
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.rehearsal.rehearse import Scene, TurnsUsedUp, rehearse, session
from mirabelle.core.rehearsal.sources import Mapped
from mirabelle.core.simulation.people import Action, HangUp, HeardPrompt, Press, Say
from mirabelle.core.types import EventKind
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.commands import FetchRequest
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.interpreter import Interpreter

CHECKOUT: Final = Path(__file__).parents[2]
FOLDER: Final = CHECKOUT.parent / "shared" / "conformance" / "vxml20"
SERVER: Final = "http://localhost/vxml/"
PASSING: Final = frozenset(Path(__file__).with_name("vxml20_passing.txt").read_text("utf-8").split())
IN_ORDER: Final = sorted(PASSING, key=int)
MAX_TURNS: Final = 20

pytestmark = pytest.mark.skipif(
    not (FOLDER / "manifest.tsv").is_file(), reason=f"the W3C's conformance documents are not in {FOLDER}"
)


class Obedient:
    """The caller of the W3C's tests: the last instruction among the prompts is followed."""

    def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action]:
        """Nothing where no instruction is heard."""
        return next((done for prompt in reversed(heard) if (done := obeyed(prompt.text)) is not None), ())


def obeyed(instruction: str) -> Sequence[Action] | None:
    """What a caller does who hears this; None: it is no instruction."""
    rules: list[tuple[str, Action | None]] = [
        (r"no input expected|say nothing", None),
        (r"hang up now", HangUp()),
        (r"recite a sentence|nursery rhyme", Say("", lasts=5.0)),
        (r"something unrecognizable", Say("antidisestablishmentarianism")),
    ]
    for pattern, action in rules:
        if re.search(pattern, instruction, re.IGNORECASE):
            return () if action is None else (action,)
    pressed = re.search(r"\bpress\s+['\"]?([0-9*#])", instruction, re.IGNORECASE)
    if pressed:
        return (Press(pressed[1]),)
    said = re.search(r"\bsay\s+(?:'([^']+)'|\"([^\"]+)\"|(\w+))", instruction, re.IGNORECASE)
    return (Say((said[1] or said[2] or said[3]).lower()),) if said else None


@dataclass(frozen=True, slots=True)
class Played:
    """How a document was played: what it said last, which element of VoiceXML it missed, and what stopped it."""

    last: str
    missing: str
    stopped: str

    @property
    def passed(self) -> bool:
        """The document's own verdict is its last prompt."""
        return self.last.lower().rstrip(".") == "pass" and not self.stopped

    def __str__(self) -> str:
        if self.passed:
            return "pass"
        return f"needs {self.missing}" if self.missing else f"fail: {self.stopped or self.last or 'said nothing'}"


@cache
def cases() -> Mapping[str, str]:
    """The start documents of the assertions that judge themselves, by id."""
    if not FOLDER.is_dir():
        return {}
    with (FOLDER / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {row["id"]: row["start"] for row in rows if row["judge"] == "self"}


def interpreter(clock: Clock, chance: random.Random) -> Interpreter:
    return Interpreter(Js2pyEngine(None, clock.now, chance), session({}), Documents())


@cache
def played(start: str) -> Played:
    said: list[str] = []
    missing: list[str] = []

    def listen(kind: EventKind, data: Mapping[str, Any], _at: float) -> None:
        if kind is EventKind.PROMPT and str(data["text"]).strip():
            said.append(str(data["text"]).strip())
        if kind is EventKind.THROWN and str(data["name"]).startswith("error.unsupported."):
            missing.append(str(data["name"]).removeprefix("error.unsupported."))

    scene = Scene(interpreter, FetchRequest(SERVER + start), [Mapped(SERVER, FOLDER)], MAX_TURNS)
    stopped = ""
    try:
        stopped = rehearse(scene, lambda _clock, _line: Obedient(), listen).error or ""
    except TurnsUsedUp as used_up:
        stopped = str(used_up)
    return Played(said[-1] if said else "", ", ".join(sorted(set(missing))), stopped)


def test_what_passed_is_still_there() -> None:
    assert cases().keys() >= PASSING


@pytest.mark.parametrize("assertion", IN_ORDER)
def test_what_passed_still_passes(assertion: str) -> None:
    assert str(played(cases()[assertion])) == "pass"


def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    verdicts = {assertion: played(start) for assertion, start in cases().items()}
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
def test_the_caller_does_what_is_asked(instruction: str, actions: Sequence[Action] | None) -> None:
    assert obeyed(instruction) == actions

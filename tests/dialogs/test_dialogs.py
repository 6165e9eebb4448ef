"""Plays every golden dialogue below this folder: `name.vxml` as `name.txt` says. docs/transcripts.md explains both."""

import random
from pathlib import Path

import pytest

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.rehearsal.golden import compare, read_transcript, served
from mirabelle.core.rehearsal.rehearse import Scene, session
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.interpreter import Interpreter

HERE = Path(__file__).parent
TRANSCRIPTS = sorted(HERE.rglob("*.txt"))
DOCUMENTS = Documents(capacity=1_000)


def interpreter(clock: Clock, chance: random.Random) -> Interpreter:
    return Interpreter(Js2pyEngine(None, clock.now, chance), session({}), DOCUMENTS)


def test_there_are_golden_dialogues() -> None:
    assert len(TRANSCRIPTS) > 50


def test_every_document_has_its_transcript() -> None:
    documents = {path.with_suffix("") for section in HERE.iterdir() for path in section.glob("*.vxml")}
    assert documents == {path.with_suffix("") for path in TRANSCRIPTS}


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.relative_to(HERE).with_suffix("").as_posix())
def test_dialogue(path: Path) -> None:
    request, answers = served(path.with_suffix(".vxml"))
    difference = compare(Scene(interpreter, request, answers), read_transcript(path)).difference
    if difference:
        pytest.fail(difference, pytrace=False)

"""Plays every golden dialogue below this folder: `name.vxml` as `name.txt` says. docs/transcripts.md explains both."""

from pathlib import Path

import pytest

from tests.dialogs.playing import HERE, TRANSCRIPTS, difference


def test_there_are_golden_dialogues() -> None:
    assert len(TRANSCRIPTS) > 50


def test_every_document_has_its_transcript() -> None:
    documents = {path.with_suffix("") for section in HERE.iterdir() for path in section.glob("*.vxml")}
    assert documents == {path.with_suffix("") for path in TRANSCRIPTS}


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.relative_to(HERE).with_suffix("").as_posix())
def test_dialogue(path: Path) -> None:
    differs = difference(path)
    if differs:
        pytest.fail(differs, pytrace=False)

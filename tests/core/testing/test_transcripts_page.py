"""docs/transcripts.md: what it shows can be read."""

import re
from pathlib import Path

import pytest

from mirabelle.core.testing.human import parse_act
from mirabelle.core.testing.transcript import parse_transcript

PAGE = (Path(__file__).parents[3] / "docs" / "transcripts.md").read_text(encoding="utf-8")
ACTS = re.findall(r"^\| `(.+?)` \|", PAGE.partition("## What the human does")[2], re.MULTILINE)


def test_its_transcript_can_be_read() -> None:
    (example,) = [block for block in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL) if "\n= " in block]
    transcript = parse_transcript(example)
    assert len(transcript.turns) == 2
    assert transcript.lines[-1] == "= exit drink='coffee'"


def test_its_other_lines_can_be_read() -> None:
    others = [block for block in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL) if block.startswith("C: ")]
    recording, transfer = (parse_transcript(f"{block}= end") for block in others)
    assert recording.lines[-2] == "R: 10s"
    assert transfer.transfers[0].outcome == "hangup"


def test_it_lists_what_humans_do() -> None:
    assert len(ACTS) == 8


@pytest.mark.parametrize("act", ACTS)
def test_what_it_lists_can_be_read(act: str) -> None:
    parse_act(act)

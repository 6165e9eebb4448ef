"""docs/rules.tsv: every rule has a dialogue that shows it, every dialogue a rule, every section a rule."""

import csv
from collections import Counter
from pathlib import Path
from typing import Final

from tests.dialogs.playing import HERE, TRANSCRIPTS

DOCS: Final = Path(__file__).parents[2] / "docs"
DIALOGUES: Final = {path.relative_to(HERE).with_suffix("").as_posix() for path in TRANSCRIPTS}


def rows(name: str) -> list[dict[str, str]]:
    with (DOCS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


RULES: Final = rows("rules.tsv")
SECTIONS: Final = [row["section"] for row in rows("sections.tsv")]


def within(section: str, outer: str) -> bool:
    return section == outer or section.startswith(f"{outer}.")


def test_there_are_rules_enough() -> None:
    assert len(RULES) >= 300


def test_every_rule_has_a_name_of_its_own() -> None:
    assert [name for name, times in Counter(row["id"] for row in RULES).items() if times > 1] == []
    assert [row["id"] for row in RULES if not row["rule"].strip()] == []


def test_every_rule_has_a_dialogue() -> None:
    assert [row["id"] for row in RULES if not row["dialogues"].split()] == []
    assert {name for row in RULES for name in row["dialogues"].split()} - DIALOGUES == set()


def test_every_dialogue_has_a_rule() -> None:
    assert sorted(DIALOGUES - {name for row in RULES for name in row["dialogues"].split()}) == []


def test_every_section_has_a_rule() -> None:
    ruled = {row["section"] for row in RULES}
    assert [section for section in SECTIONS if not any(within(each, section) for each in ruled)] == []


def test_every_rule_is_in_a_section() -> None:
    """Or in the chapter that holds one."""
    ruled = {row["section"] for row in RULES}
    assert [one for one in sorted(ruled) if not any(within(one, each) or within(each, one) for each in SECTIONS)] == []

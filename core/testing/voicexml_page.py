"""docs/voicexml.md: what is supported and how it is tested, section by section, and what documents are forgiven."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from mirabelle.vxml_interpreter.leniencies import LENIENCIES
from mirabelle.vxml_interpreter.mending import Leniency

DOCS = Path(__file__).parent.parent.parent / "docs"

_INTRODUCTION = """# VoiceXML

Drawn from the code and its tests by `make docs`; do not edit.

Mirabelle interprets VoiceXML 2.0 and 2.1. Each section of the recommendations is made of rules, `rules.tsv` has them in
our words, and each rule is shown by golden dialogues in `tests/dialogs/`, which would fail if it were broken.
`vxml21-5` is section 5 of VoiceXML 2.1; letters are appendices.

| section | | supported | rules | dialogues | limits |
| --- | --- | --- | ---: | ---: | --- |
"""
_FORGIVEN = """## What is forgiven

Real documents are sloppy. What follows is accepted although the recommendation does not allow it; anything else that is
not VoiceXML is `error.badfetch` with line and cause, in the document that asked for it (Appendix F.3). Each use is told
as an event `lenient` with the name of the leniency, what was made of it and the lines; `mirabelle check` reports it as
a warning.

```toml
[voicexml]
lenient = ["no-namespace", "missing-version"]    # these and no others; by default all
strict = true                                    # none at all
```

`mirabelle rehearse --strict` and `mirabelle check --strict` forgive nothing, whatever the configuration says.
"""


def voicexml_page() -> str:
    """The page as Markdown."""
    table = _INTRODUCTION + "".join(_rows())
    return "\n".join([table, _FORGIVEN, *(line for each in LENIENCIES.values() for line in _section(each))])


def _rows() -> Iterator[str]:
    rules = _table("rules.tsv")
    for section, title, limits in _table("sections.tsv"):
        ruled = [rule for rule in rules if rule[1] == section or rule[1].startswith(f"{section}.")]
        dialogues = {name for rule in ruled for name in rule[3].split()}
        supported = "within limits" if limits else "yes"
        yield f"| {section} | {title} | {supported} | {len(ruled)} | {len(dialogues)} | {limits} |\n"


def _table(name: str) -> list[list[str]]:
    """The lines of a table below its heading; a test sees to it that they have as many columns."""
    lines = (DOCS / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


def _section(leniency: Leniency) -> Iterator[str]:
    yield f"### {leniency.name}\n"
    yield textwrap.fill(f"{leniency.accepts} ({leniency.section})", 120, break_on_hyphens=False) + "\n"
    yield textwrap.fill(f"It is read as: {leniency.makes}", 120, break_on_hyphens=False) + "\n"

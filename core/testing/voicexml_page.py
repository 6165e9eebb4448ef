"""docs/voicexml.md: what documents are forgiven, drawn from the leniencies themselves."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from mirabelle.vxml_interpreter.leniencies import LENIENCIES
from mirabelle.vxml_interpreter.mending import Leniency

_INTRODUCTION = """# VoiceXML

Drawn from the code by `make docs`; do not edit.

## What is forgiven

Real documents are sloppy. What follows is accepted although the recommendation does not allow it; anything else that is
not VoiceXML is `error.badfetch` with line and cause, in the document that asked for it (Appendix F.3). Each use is told
as an event `lenient` with the name of the leniency, what was made of it and the lines; `mirabelle check` reports it as a
warning.

```toml
[voicexml]
lenient = ["no-namespace", "missing-version"]    # these and no others; by default all
strict = true                                    # none at all
```

`mirabelle rehearse --strict` and `mirabelle check --strict` forgive nothing, whatever the configuration says.
"""


def voicexml_page() -> str:
    """The page as Markdown."""
    return "\n".join([_INTRODUCTION, *(line for each in LENIENCIES.values() for line in _section(each))])


def _section(leniency: Leniency) -> Iterator[str]:
    yield f"### {leniency.name}\n"
    yield textwrap.fill(f"{leniency.accepts} ({leniency.section})", 120, break_on_hyphens=False) + "\n"
    yield textwrap.fill(f"It is read as: {leniency.makes}", 120, break_on_hyphens=False) + "\n"

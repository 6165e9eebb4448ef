"""What is wrong with a document or its loading."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from typing import Final

_LOOKED_AT: Final = 500  # names: a document may hold more than anybody would wait for


class DocumentFault(Exception):
    """A document cannot be used: `error.badfetch` in whoever asked for it (5.2.6, F.3).

    `line` and `element` say where, `section` which part of the recommendation is broken; `rule` is a word for the kind
    of fault, by which `check` knows what to do about it.
    """

    def __init__(
        self, cause: str, line: int | None = None, element: str = "", section: str = "", *, rule: str = "not-readable"
    ) -> None:
        self.cause = cause
        self.line = line
        self.element = element
        self.section = section
        self.rule = rule
        super().__init__(self.located())

    def located(self, url: str = "") -> str:
        """The whole sentence, with the address in front."""
        where = [url] if url else []
        where += [f"line {self.line}"] if self.line is not None else []
        where += [f"<{self.element}>"] if self.element else []
        section = f" ({standard(self.section)})" if self.section else ""
        return (", ".join(where) + ": " if where else "") + self.cause + section


def standard(section: str) -> str:
    """A section with its recommendation: those of VoiceXML 2.1 are written "2.1: 5"."""
    return (
        f"VoiceXML 2.1, {section.removeprefix('2.1: ')}" if section.startswith("2.1: ") else f"VoiceXML 2.0, {section}"
    )


def hint(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """A question that names the nearest of what is known; empty when nothing is as near as `cutoff` (0 to 1)."""
    near = get_close_matches(name[:50], islice(known, _LOOKED_AT), n=1, cutoff=cutoff)
    return f" (did you mean {near[0]}?)" if near else ""

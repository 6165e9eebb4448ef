"""Tables of programs and their outcomes: the files `*.js` beside this one.

A line is a program and, behind ` // => `, its value as JSON, or behind ` // !! ` the name of the error that it throws.
Empty lines, and those that begin with `//`, are for people.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from mirabelle.vxml_interpreter.script import Json

VALUE = " // => "
ERROR = " // !! "


@dataclass(frozen=True, slots=True)
class Row:
    """A program and what comes of it: its value as `export` gives it, or the name of the error that it throws."""

    source: str
    value: Json = None
    error: str | None = None


def tables() -> Iterator[tuple[str, Row]]:
    """All rows, each with a name: the table and the line."""
    for table in sorted(resources.files(__package__).iterdir(), key=lambda each: each.name):
        if table.name.endswith(".js"):
            for number, row in rows(table.read_text(encoding="utf-8")):
                yield f"{table.name.removesuffix('.js')}-{number}", row


def rows(text: str) -> Iterator[tuple[int, Row]]:
    """The rows of one table, each with its line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line and not line.startswith("//"):
            yield number, _row(line)


def _row(line: str) -> Row:
    if VALUE in line:
        source, _, value = line.rpartition(VALUE)
        return Row(source, json.loads(value))
    source, arrow, error = line.rpartition(ERROR)
    if not arrow:
        raise ValueError(f"neither a value nor an error: {line}")
    return Row(source, error=error.strip())

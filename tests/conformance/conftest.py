"""Plays the W3C's documents as anybody can: with `mirabelle rehearse`, a file of caller rules, and what it prints.

`caller.toml` does what the prompts ask for; `transfers/ID.toml` says what becomes of the transfers of one document.
Nothing is judged but the JSON lines and the exit status.
"""

import io
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest

from mirabelle.core.commands import program

HERE: Final = Path(__file__).parent
SERVER: Final = "http://localhost/vxml/"
MAX_TURNS: Final = 20

Event = Mapping[str, Any]
Table = Callable[[str, Mapping[str, object]], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a document: the events that were told, and the exit status."""

    told: Sequence[Event]
    status: int

    @property
    def said(self) -> Sequence[str]:
        """Its prompts that have words, with those that nobody was there to hear."""
        return [event["text"] for event in self.told if event["event"] == "prompt" and event["text"]]

    @property
    def passed(self) -> bool:
        """The document's own verdict is its last prompt."""
        last = self.said[-1] if self.said else ""
        return last.lower().rstrip(".") == "pass" and self.status == 0 and self.ended

    @property
    def ended(self) -> bool:
        """The last line says how it ended."""
        return bool(self.told) and self.told[-1]["event"] == "exit" and self.told[-1]["reason"] != "error"

    @property
    def waits_for_grammars(self) -> bool:
        """It went wrong at a grammar in a format that is not read yet."""
        return not self.passed and "error.unsupported.format" in self._thrown

    @property
    def _thrown(self) -> Sequence[str]:
        return [event["name"] for event in self.told if event["event"] == "thrown"]

    def __str__(self) -> str:
        if self.passed:
            return "pass"
        if self.waits_for_grammars:
            return "waits for SRGS grammars (issue: Grammars, recognition and input)"
        errors = [event["error"] for event in self.told if event["event"] == "exit" and event["error"]]
        return f"fail: {next(iter(errors or self.said[-1:]), f'said nothing, exit status {self.status}')}"


def _arguments(folder: Path, document: str, caller: Path) -> list[str]:
    return [
        "rehearse", document, "--json", "--caller", str(caller),
        "--map", f"{SERVER}={folder}", "--max-turns", str(MAX_TURNS),
    ]  # fmt: skip


@cache
def _played(folder: Path, document: str, caller: Path) -> Played:
    out = io.StringIO()
    with patch.dict(os.environ), redirect_stdout(out), redirect_stderr(io.StringIO()):
        os.environ.pop("MIRABELLE_CONFIG", None)
        status = program.run(_arguments(folder, document, caller))
    return Played([json.loads(line) for line in out.getvalue().splitlines()], status)


@pytest.fixture(scope="session")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The caller rules for the document of that assertion."""
    general = HERE / "caller.toml"
    folder = tmp_path_factory.mktemp("callers")

    def rules(assertion: str) -> Path:
        transfers = HERE / "transfers" / f"{assertion}.toml"
        if not transfers.is_file():
            return general
        made = folder / transfers.name
        made.write_text(f"{general.read_text('utf-8')}\n{transfers.read_text('utf-8')}", "utf-8")
        return made

    return rules


@pytest.fixture
def arguments(caller: Callable[[str], Path]) -> Callable[[Path, str, str], Sequence[str]]:
    """What `mirabelle` is started with for a start document of that folder, which is what the server has."""
    return lambda folder, start, assertion: _arguments(folder, SERVER + start, caller(assertion))


@pytest.fixture
def played(caller: Callable[[str], Path]) -> Callable[..., Played]:
    """Play a start document of that folder, which is what the server has; `from_file`: as a file of this machine."""

    def play(folder: Path, start: str, assertion: str = "", *, from_file: bool = False) -> Played:
        return _played(folder, str(folder / start) if from_file else SERVER + start, caller(assertion))

    return play


@pytest.fixture
def table(record_property: Callable[[str, object], None]) -> Table:
    """Print a table of all documents below the tests, whichever process ran them."""

    def keep(title: str, verdicts: Mapping[str, object]) -> None:
        lines = (f"  {assertion:>5}  {verdict}" for assertion, verdict in verdicts.items())
        record_property("table", "\n".join([title, *lines]))

    return keep

"""`mirabelle demo`, and what it leaves behind."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from mirabelle.core.authentication import IssuedSecrets, create_account
from mirabelle.core.commands import demo
from mirabelle.core.demonstration.callees import CALLEES

pytestmark = pytest.mark.full


@dataclass(frozen=True)
class Demonstration:
    """One run: how it ended, what it printed, its files, and the secrets that it made."""

    status: int
    printed: str
    folder: Path
    secrets: IssuedSecrets


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    made: list[IssuedSecrets] = []

    async def create_and_keep(*arguments: object) -> IssuedSecrets:
        made.append(await create_account(*arguments))  # type: ignore[arg-type]
        return made[-1]

    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "create_account", create_and_keep)
        result = CliRunner().invoke(demo.demo, ["--data", str(folder)])
    return Demonstration(result.exit_code, result.output, folder, made[0])


def test_every_callee_has_the_result_that_it_implies(run: Demonstration) -> None:
    assert run.status == 0, run.printed
    for callee in CALLEES:
        row = rf"{re.escape(callee.number)} +{callee.name} +{callee.outcome} +{callee.callee_type} +{callee.attempts} "
        assert re.search(row + r" +\d+ s +yes +as expected", run.printed), run.printed


def test_the_transcript_shows_the_script_the_key_and_the_verdict(run: Demonstration) -> None:
    lines = [line.strip() for line in run.printed.splitlines()]
    assert "C: Press 1 to confirm, or 2 to be called back." in lines
    assert "H: [1]" in lines
    assert "S: connection.callee_type = 'voice'" in lines
    assert "= exit reason='disconnect'" in lines


def test_no_secret_is_in_anything_that_was_written(run: Demonstration) -> None:
    secrets = (run.secrets.pin, run.secrets.webhook_secret, run.secrets.webhook_secret.removeprefix("whsec_"))
    written = {"standard output": run.printed, **_files(run.folder), **_tables(run.folder / "mirabelle.sqlite")}
    assert "call_id" in written["demo.log"]
    assert "PROMPT" in written["table event"].upper()
    found = [(where, secret) for where, text in written.items() for secret in secrets if secret in text]
    assert found == []
    assert not any("$argon2" in text for text in written.values())


def _files(folder: Path) -> dict[str, str]:
    """What is in every file but the database, which is read by tables."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".sqlite" not in path.name]
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in files}


def _tables(file: Path) -> dict[str, str]:
    """What is in every table but that of the accounts, which has to know their secrets."""
    with closing(sqlite3.connect(file)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            f"table {name}": repr(database.execute(f'SELECT * FROM "{name}"').fetchall())
            for name in names
            if name != "account"
        }

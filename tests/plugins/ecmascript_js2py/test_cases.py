"""What the contract does not ask: later editions, this engine's own, and dates in several time zones.

A line of `cases/` is a program and, behind the arrow, its value as JSON.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirabelle.core.testing.ecmascript.edition import ROWS
from mirabelle.core.testing.ecmascript.language.rows import Row, rows
from mirabelle.core.testing.script_chain import Chain

OWN = dict(rows((Path(__file__).parent / "cases" / "later.js").read_text(encoding="utf-8")))
DATES = {name: row for name, row in ROWS.items() if name.startswith("dates-")}


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("row", OWN.values(), ids=map(str, OWN))
def test_value(chain: Chain, row: Row) -> None:
    assert chain.export(row.source) == row.value


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Pacific/Chatham"], indirect=True)
@pytest.mark.parametrize("row", [row for row in DATES.values() if row.error is None])
def test_dates_in_every_zone(chain: Chain, row: Row) -> None:
    assert chain.export(row.source) == row.value

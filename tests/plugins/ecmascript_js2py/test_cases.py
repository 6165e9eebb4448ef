"""The language and the library of ECMAScript 5.1, above all what js2py has wrong or not at all.

A line of `cases/` is a program and, behind the arrow, its value as JSON.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import Json

ARROW = " // => "
ZONES = {"dates": ["UTC", "America/New_York", "Asia/Kolkata"]}


def cases() -> Iterator[object]:
    for path in sorted((Path(__file__).parent / "cases").glob("*.js")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line and not line.startswith("// "):
                source, _, value = line.rpartition(ARROW)
                for zone in ZONES.get(path.stem, ["UTC"]):
                    name = f"{path.stem}-{number}-{zone}"
                    yield pytest.param(zone, source, json.loads(value), id=name)


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(("zone", "source", "value"), list(cases()), indirect=["zone"])
def test_value(source: str, value: Json, chain: Chain) -> None:
    assert chain.export(source) == value

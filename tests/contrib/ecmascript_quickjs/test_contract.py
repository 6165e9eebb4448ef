"""The engine keeps the promises that every script engine makes."""

from collections.abc import Iterator

import pytest

from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine
from mirabelle.contrib.ecmascript_quickjs.limits import Options
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.core.testing.script_engine import ScriptEngineContract

KEPT: list[Workers] = []


@pytest.fixture(scope="module", autouse=True)
def pool() -> Iterator[None]:
    """Engines are fresh for each test; the process that they share is not, which proves the more."""
    KEPT.append(Workers(Options(workers=1, seconds=0.1)))
    yield
    KEPT.pop().close()


class TestQuickjsEngine(ScriptEngineContract):
    def engine(self) -> QuickjsEngine:
        return QuickjsEngine(workers=KEPT[0])

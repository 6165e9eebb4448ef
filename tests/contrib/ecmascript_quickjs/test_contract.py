"""The engine keeps the promises that every script engine makes."""

from collections.abc import Iterator
from typing import ClassVar

import pytest

from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine
from mirabelle.contrib.ecmascript_quickjs.limits import Options
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.core.testing.ecmascript.data import opened
from mirabelle.core.testing.script_chain import Chain
from mirabelle.core.testing.script_engine import ScriptEngineContract
from tests.contrib.ecmascript_quickjs.extra import needs_extra

pytestmark = needs_extra

# Engines are fresh for each test; the processes that they share are not, which proves the more.
KEPT: dict[str, Workers] = {}


@pytest.fixture(scope="module", autouse=True)
def pools() -> Iterator[None]:
    KEPT["ordinary"] = Workers(Options(workers=1, seconds=0.3))
    KEPT["attacked"] = Workers(Options(workers=1, seconds=0.05, memory=4_194_304, patience=0.5))
    yield
    for pool in KEPT.values():
        pool.close()


class TestQuickjsEngine(ScriptEngineContract):
    LONG = 300_000
    DIFFERS: ClassVar[dict[str, str]] = {
        "arrays-84": "an array within itself is joined until the stack is at its end, as the standard has it",
        "dates-19": "months begin at 0 when the parser falls back to its lenient ways",
        "functions-76": "parameters and body are parsed together only",
        "functions-77": "parameters and body are parsed together only",
        "objects-70": "properties are defined one by one",
        "operators-8": "`new new X().F()` is taken for `new (new X()).F()`",
        "statements-39": "of several labels only the last can be continued",
        "statements-183": "of several labels only the last can be continued",
    }

    def engine(self) -> QuickjsEngine:
        return QuickjsEngine(workers=KEPT["ordinary"])

    def attacked_engine(self) -> QuickjsEngine:
        return QuickjsEngine(workers=KEPT["attacked"])

    def test_many_children_are_made_while_others_run(self, chain: Chain) -> None:
        """It takes a millisecond or two here, in which nobody has to wait."""
        opened(chain, "<l>" + "<e>x</e>" * 3_000 + "</l>")
        assert chain.export("[xml.firstChild.childNodes.length, xml.firstChild.lastChild.firstChild.data]") == [
            3_000,
            "x",
        ]

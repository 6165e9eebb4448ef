"""The engine keeps the promises that every script engine makes."""

from mirabelle.core.testing.script_engine import ScriptEngineContract
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine, Options


class TestJs2pyEngine(ScriptEngineContract):
    def engine(self) -> Js2pyEngine:
        return Js2pyEngine(Options(work=400_000))

    def attacked_engine(self) -> Js2pyEngine:
        return Js2pyEngine(Options(work=120_000, memory=4_194_304, regexp_seconds=0.05))

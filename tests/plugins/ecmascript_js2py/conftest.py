import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine, Options
from mirabelle.plugins.ecmascript_js2py.compiling import Unit
from mirabelle.plugins.ecmascript_js2py.frames import Frame
from mirabelle.plugins.ecmascript_js2py.functions import NativeFunction
from mirabelle.plugins.ecmascript_js2py.internals import PRIMITIVES, DefectFound
from mirabelle.plugins.ecmascript_js2py.objects import JsObject


def is_javascript(value: object) -> bool:
    return type(value) in PRIMITIVES or isinstance(value, JsObject)


class Leaks:
    """What was found where only values of ECMAScript may be."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def check(self, value: object, where: str) -> None:
        if isinstance(value, tuple) and where == "LoadArguments":
            for argument in value:
                self.check(argument, where)
        elif not is_javascript(value) and not (value is None and where == "LOAD_NONE"):
            self.found.append(f"{where}: {value!r}")

    def checked(self, instruction: Any) -> Callable[[Frame], Any]:
        run, name = instruction.eval, type(instruction).__name__

        def checking(frame: Frame) -> Any:
            status = run(frame)
            if frame.stack:
                self.check(frame.stack[-1], name)
            return status

        return checking


@pytest.fixture(autouse=True)
def leaks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Leaks]:
    """Each instruction and built-in function that a test runs is checked: only JavaScript comes out, no defects."""
    leaks = Leaks()
    link, call = Unit.link, NativeFunction.call

    def checking_link(unit: Unit, variables: list[str]) -> None:
        link(unit, variables)
        unit.evals[:] = [leaks.checked(instruction) for instruction in unit.instructions]

    def checking_call(function: NativeFunction, this: Any, arguments: tuple[Any, ...] = ()) -> Any:
        for value in (this, *arguments):
            leaks.check(value, f"to {function.name}")
        result = call(function, this, arguments)
        leaks.check(result, f"from {function.name}")
        return result

    made = DefectFound.__init__

    def noting(defect_found: DefectFound, defect: Exception) -> None:
        made(defect_found, defect)
        leaks.found.append(defect_found.message)

    monkeypatch.setattr(DefectFound, "__init__", noting)
    monkeypatch.setattr(Unit, "link", checking_link)
    monkeypatch.setattr(NativeFunction, "call", checking_call)
    yield leaks
    assert leaks.found == []


@pytest.fixture
def engine() -> Js2pyEngine:
    return Js2pyEngine(Options(work=400_000), clock=lambda: 1_700_000_000.25, chance=random.Random(1))


@pytest.fixture
def chain(engine: Js2pyEngine) -> Chain:
    return Chain(engine.session())

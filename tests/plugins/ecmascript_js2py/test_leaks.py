"""The check that all tests here run under finds what it is there to find."""

from typing import TYPE_CHECKING, Any

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py.builtins import mathematics
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.instructions.variables import Load

if TYPE_CHECKING:
    from tests.plugins.ecmascript_js2py.conftest import Leaks


def test_a_built_in_function_that_gives_an_object_of_python_is_found(
    chain: Chain, leaks: "Leaks", monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaking(space: Any, this: Any) -> Any:
        return {"a": 1}.keys()

    monkeypatch.setitem(mathematics.MEMBERS, "leak", Method(leaking))
    chain.run("var x = Math.leak()")
    assert any("leak" in found for found in leaks.found)
    leaks.found.clear()


def test_an_instruction_that_gives_an_integer_is_found(
    chain: Chain, leaks: "Leaks", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Load, "eval", lambda instruction, frame: frame.stack.append(1))
    chain.run("var a = 1; void a")
    assert any("Load" in found for found in leaks.found)
    leaks.found.clear()


@pytest.mark.parametrize(
    "source",
    [
        "var o = {a: [1, , 'x'], get b() { return this.a }, set b(v) {}}; o.b = 2; o['c'] = o.b; delete o.a; typeof o",
        "for (var k in {a: 1, b: [2]}) { switch (k) { case 'a': continue; default: break } }",
        "function F(a) { this.a = a; return arguments } new F(1)[0] + new F(2).length",
        "try { try { throw [1] } finally { 1 } } catch (e) { e[0]++; with ({x: e}) { x[0] += 1; x.y = -x[0] } }",
        "var s = ''; do { s += s.length } while (s.length < 9); s.split('').map(Number).sort().reverse().join('|')",
        "eval('var q = /a(b)?/g.exec(\"ab\"); q[1] + q.index'); ~1 | 2 ^ 3 & 4 << 5 >> 6 >>> 7 % 8",
        "[1 < 2, 'a' <= 'b', null == undefined, 1 === true, 'a' in {a: 1}, [] instanceof Array, !0, void 0]",
    ],
)
def test_instructions_of_all_kinds(chain: Chain, source: str) -> None:
    chain.run(source)

"""The limits as configuration."""

import dataclasses

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine, Options
from mirabelle.plugins.ecmascript_js2py.limits import LEAST
from mirabelle.vxml_interpreter.script import ScriptLimit


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Options)])
def test_a_limit_that_leaves_nothing_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be"):
        Options(**{name: -1})


@pytest.mark.parametrize(
    ("name", "value"),
    [("regexp_seconds", float("inf")), ("regexp_seconds", float("nan")), ("callback_depth", 49), ("work", 999)],
)
def test_what_cannot_be_meant_is_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        Options(**{name: value})  # type: ignore[arg-type]


def test_the_smallest_limits_are_of_use() -> None:
    chain = Chain(Js2pyEngine(Options(**LEAST)).session())
    chain.session.declare(chain.dialog, "o", {"a": [1, 2, "x"]})
    assert chain.run("o.a.length + o.a.join()") == "31,2,x"
    assert chain.export("o.a.slice().sort().map(String).reverse()") == ["x", "2", "1"]
    assert chain.run("JSON.parse(JSON.stringify(o)).a[2].replace(/x/g, 'y')") == "y"


@pytest.mark.parametrize(
    ("options", "source", "limit"),
    [
        (Options(work=5_000), "for (;;) {}", "work"),
        (Options(callback_work=1_000), "({get a() { for (;;) {} }}).a", "work in one call of a built-in function"),
        (Options(depth=20), "(function f(n) { return n && f(n - 1) })(30)", "depth of calls"),
        (
            Options(callback_depth=5),
            "var o = {get x() { return this.n-- && this.x }, n: 9}; o.x",
            "depth of calls from built-in functions",
        ),
        (Options(string=2_000), "var s = 'x'; for (;;) s += s", "characters in a string"),
        (Options(array=20), "new Array(21).join()", "elements of an array"),
        (Options(source=100), " " * 101, "characters in a source"),
        (Options(evaluated=100), "eval(new Array(102).join(' '))", "characters in a source that a script makes"),
        (Options(memory=65_536), "var a = []; for (;;) a.push({})", "memory"),
        (Options(pattern=10), "new RegExp('12345678901')", "characters in a regular expression"),
        (Options(prototypes=10), "var o = {}; for (;;) o = Object.create(o)", "prototypes above one another"),
        (Options(regexp_seconds=0.02), f"/^(a|a)*$/.test('{'a' * 40}b')", "seconds for regular expressions"),
    ],
)
def test_each_limit_is_kept_and_named(options: Options, source: str, limit: str) -> None:
    chain = Chain(Js2pyEngine(options).session())
    with pytest.raises(ScriptLimit) as caught:
        chain.run(source)
    assert caught.value.limit == limit
    assert chain.run("1 + 1") == 2


def test_a_reference_is_no_longer_than_others_may_wait_for() -> None:
    chain = Chain(Js2pyEngine().session())
    with pytest.raises(ScriptLimit, match="characters in a reference"):
        chain.assign("a" + ".a" * 2000, 1)

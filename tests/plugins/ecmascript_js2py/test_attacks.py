"""Scripts that try to use up the machine: each meets a limit of the engine or ends, and the session lives on."""

import tracemalloc

import pytest

from mirabelle.core.testing.ecmascript.attacks import AMPLE, ENDLESS, HEAVY, SOURCES
from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine, Options
from mirabelle.vxml_interpreter.script import ScriptError, ScriptLimit

MEBIBYTE = 1 << 20
WORK = 120_000

OWN = {
    "filling a huge array": "new Array(400000000).fill(1)",
    "repeating": "'x'.repeat(1e9)",
    "padding": "'x'.padStart(1e9)",
    "an array of too many": "Array.of.apply(null, new Array(20001))",
    "a sum of strings in a getter": "var s = 'x'; ({get x() { for (;;) s += s }}).x",
    "strings that only a built-in function holds": (
        "var s = new Array(100001).join('x'); var a = []; a.length = 1000;"
        " a[0] = {get x() { var l = []; for (;;) l.push(s + l.length) }}; +{valueOf: function () { return a[0].x }}"
    ),
    "lists that only JSON.parse holds": (
        "var s = '[' + new Array(15000).join('{\"a\":[]},') + '1]'; for (;;) JSON.parse(s)"
    ),
}

ENDS = {
    "a chain of prototypes": "var o = {}; for (var i = 0; i < 400; i++) o = Object.create(o); typeof o.zzz",
    "a long chain of bound functions": (
        "var f = function () { return 1 }; for (var i = 0; i < 5000; i++) f = f.bind(null); f()"
    ),
    "a sparse array cut short": "var a = []; a.length = 4294967295; a[4294967294] = 1; a.length = 0; a.length",
    "a long number": "var s = '9'; for (var i = 0; i < 17; i++) s += s; parseInt(s, 10) + parseInt(s, 3) + Number(s)",
    "a large count": "try { new RegExp('x{1,4294967295}') } catch (e) { e.name }",
    "nested counts": "/((a{1,100}){1,100}){1,100}/.test('aaa')",
    "deep calls": "function f(n) { return n ? 1 + f(n - 1) : 0 } f(900)",
    "a loop of callbacks": "var n = 0; for (var i = 0; i < 300; i++) [1, 2, 3].forEach(function (x) { n += x }); n",
}


def run(source: str) -> str | None:
    """The limit or error that the script met, None when it ended. The session must be of use afterwards."""
    chain = Chain(Js2pyEngine(Options(work=WORK, memory=4 * MEBIBYTE, regexp_seconds=0.05)).session())
    chain.session.declare(chain.document, "kept", 20)
    outcome = None
    try:
        chain.run(source)
    except (ScriptLimit, ScriptError) as stopped:
        outcome = str(stopped)
    assert chain.run("[kept + 1, 'still here'].join(' ')") == "21 still here"
    return outcome


@pytest.mark.parametrize("attack", [*HEAVY, *OWN])
def test_what_takes_too_long_is_stopped_and_its_session_goes_on(attack: str) -> None:
    outcome = run({**HEAVY, **OWN}[attack])
    assert outcome is not None
    assert "in the engine" not in outcome


@pytest.mark.parametrize("attack", [*AMPLE, *SOURCES])
def test_what_is_much_shows_nothing_of_the_engine(attack: str) -> None:
    assert "in the engine" not in str(run({**AMPLE, **SOURCES}[attack]))


@pytest.mark.parametrize("source", ENDS.values(), ids=ENDS.keys())
def test_what_is_large_but_ends_is_run(source: str) -> None:
    assert run(source) is None


@pytest.mark.parametrize(
    "name",
    [
        "doubling a string",
        "doubling by concat",
        "keeping long strings",
        "splitting long strings",
        "pushing for ever",
        "adding properties for ever",
        "replacing what grows",
        "many objects",
        "joining a huge array",
        "mapping a huge array",
        "closures within closures",
        "parsing for ever",
        "doubling by JSON",
        "doubling arrays",
        "an exception for every key",
        "writing what is shared",
        "strings that only a built-in function holds",
        "lists that only JSON.parse holds",
    ],
)
def test_memory_stays_bounded(name: str) -> None:
    options = Options(work=3_000_000, memory=2 * MEBIBYTE, string=MEBIBYTE // 8)
    chain = Chain(Js2pyEngine(options).session())
    chain.run("1")
    tracemalloc.start()
    try:
        with pytest.raises(ScriptLimit):
            chain.run({**ENDLESS, **HEAVY, **OWN}[name])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 12 * MEBIBYTE


def test_memory_is_counted_over_evaluations() -> None:
    chain = Chain(Js2pyEngine(Options(memory=MEBIBYTE)).session())
    chain.run("var kept = []", chain.document)

    def fill() -> None:
        for _ in range(1000):
            chain.run("for (var i = 0; i < 100; i++) kept.push({n: i})", chain.document)

    with pytest.raises(ScriptLimit, match="memory"):
        fill()


def test_what_is_let_go_does_not_count() -> None:
    chain = Chain(Js2pyEngine(Options(memory=MEBIBYTE, work=10_000_000)).session())
    for _ in range(30):
        chain.run("for (var i = 0; i < 500; i++) { var o = {n: i, s: [i, i]} }")


def test_a_string_is_built_piece_by_piece() -> None:
    chain = Chain(Js2pyEngine().session())
    assert chain.run("var s = ''; for (var i = 0; i < 40000; i++) s += 'x'; s.length") == 40_000


def test_work_is_counted_the_same_every_time() -> None:
    def yields(work: int) -> int:
        chain = Chain(Js2pyEngine(Options(work=work, slice=20_000)).session())
        count = 0
        try:
            for _ in chain.session.evaluate("for (;;) {}", chain.anonymous):
                count += 1
        except ScriptLimit:
            return count
        return 0

    assert [yields(work) for work in (100_000, 200_000, 400_000)] == [4, 9, 19]

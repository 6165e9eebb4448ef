"""Scripts that try to use up the machine: each meets a limit of the engine or ends, and the session lives on."""

import tracemalloc

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine, Options
from mirabelle.vxml_interpreter.script import ScriptError, ScriptLimit

MEBIBYTE = 1 << 20
WORK = 120_000

ENDLESS = {
    "an empty loop": "while (true) {}",
    "a loop in a finally": "for (;;) { try { while (1) {} } finally { while (1) {} } }",
    "a loop that catches all": "for (;;) { try { while (1) {} } catch (e) {} }",
    "a finally that goes on": "for (;;) { try { throw 1 } finally { continue } }",
    "throwing for ever": "for (;;) { try { throw {} } catch (e) {} }",
    "doubling a string": "var s = 'x'; while (1) s += s;",
    "doubling by concat": "var s = 'xxxxxxxx'; while (1) s = s.concat(s, s, s, s, s, s, s, s);",
    "doubling a property": "var o = {s: 'x'}; while (1) o.s += o.s;",
    "joining a huge array": "new Array(1000000000).join('xxxxxxxxxx')",
    "searching an endless array-like": "Array.prototype.indexOf.call({length: 4294967295}, 1)",
    "reversing an endless array-like": "Array.prototype.reverse.call({length: 4294967295})",
    "slicing an endless array-like": "Array.prototype.slice.call({length: 4294967295}, 0).length",
    "sorting a huge array": "var a = new Array(400000000); a.sort()",
    "shifting a huge array": "var a = new Array(400000000); a.shift()",
    "mapping a huge array": "new Array(400000000).map(function () { return 1 })",
    "filling a huge array": "new Array(400000000).fill(1)",
    "pushing for ever": "var a = []; while (1) a.push(a.length);",
    "adding properties for ever": "var o = {}, i = 0; while (1) o['k' + (i++)] = i;",
    "keeping long strings": "var a = [], s = 'x'; for (var i = 0; i < 19; i++) s += s; while (1) a.push(s + a.length);",
    "splitting long strings": (
        "var s = 'x'; for (var i = 0; i < 19; i++) s += s; var a = []; while (1) a.push(s.split(''));"
    ),
    "replacing what grows": (
        "var s = 'x'; for (var i = 0; i < 15; i++) s += s; s = s.replace(/x/g, s); s = s.replace(/x/g, s);"
    ),
    "repeating": "'x'.repeat(1e9)",
    "padding": "'x'.padStart(1e9)",
    "recursion": "function f() { return f() + 1 } f()",
    "recursion through a try": "function f() { try { f() } finally {} } f()",
    "a storm of recursion": "function f() { try { f() } catch (e) { f() } } f()",
    "recursion through call": "function f() { return f.call(this) + 1 } f()",
    "recursion through bind": "function f() { return f.bind(null)() + 1 } f()",
    "recursion through new": "function F() { this.f = new F() } new F()",
    "recursion through eval": "function f() { return eval('f()') } f()",
    "recursion through indirect eval": "var e = eval; function f() { return e('1') + f() } f()",
    "making functions for ever": "for (var i = 0;; i++) new Function('return ' + i)();",
    "slow alternatives": "/^(a|a)*$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')",
    "a source in a string": "var s = '1+'; while (s.length < 70000) s += s; eval(s + '1')",
    "many objects": "var a = []; for (;;) a.push({x: {y: [1, 2, 3]}});",
    "closures within closures": "var f; for (;;) f = (function (g) { return function () { return g } })(f);",
    "a callback that never ends": "[1].map(function () { for (;;) {} })",
    "a comparison that never ends": "[3, 1, 2].sort(function () { for (;;) {} })",
    "a getter that never ends": "({get x() { for (;;) {} }}).x",
    "a setter that never ends": "({set x(v) { for (;;) {} }}).x = 1",
    "a valueOf that never ends": "+{valueOf: function () { for (;;) {} }}",
    "a toJSON that never ends": "JSON.stringify({toJSON: function () { for (;;) {} }})",
    "a replacement that never ends": "'a'.replace(/a/, function () { for (;;) {} })",
    "an endless for-in": "for (var k in {a: 1}) for (;;) {}",
    "an endless with": "with ({a: 1}) for (;;) {}",
    "defining for ever": "var o = {}; for (var i = 0;; i++) Object.defineProperty(o, 'k' + i, {value: i});",
    "parsing for ever": "var a = []; for (;;) a.push(JSON.parse('[[1,2,3],[4,5,6],{\"a\":[7,8,9]}]'));",
    "bound arguments that grow": "function f() {} while (1) f = f.bind(null, 1, 2, 3);",
    "callbacks within callbacks": "function f() { return [1].map(f) } f()",
    "toString within join": "var a = []; a[0] = {toString: function () { return a.slice().join() }}; a.join()",
    "sort within sort": "function c() { [2, 1, 3].sort(c); return 0 } [2, 1, 3].sort(c)",
    "a getter of itself": "var o = {get x() { return this.x }}; o.x",
    "a valueOf of itself": "var o = {valueOf: function () { return +o }}; +o",
    "a replacement of itself": "function r() { return 'a'.replace('a', r) } r()",
    "a toJSON of itself": "var o = {toJSON: function () { return JSON.stringify(o) }}; JSON.stringify(o)",
    "deep JSON written": "var o = {}; for (var i = 0; i < 5000; i++) o = {a: o}; JSON.stringify(o)",
    "deep JSON read": "var s = ''; for (var i = 0; i < 20000; i++) s += '['; JSON.parse(s)",
    "a huge literal": "eval('[' + new Array(60001).join('1,') + ']')",
}

MANY = "var o = {}; for (var i = 0; i < 3000; i++) o['k' + i] = i; "
LONG = "var s = 'xy'; for (var i = 0; i < 18; i++) s += s; "

# Each of these does in a few instructions what takes long, and would do it again and again.
LABOUR = {
    "changing the case": LONG + "for (;;) s.toUpperCase()",
    "searching": LONG + "for (;;) s.indexOf('z')",
    "searching backwards": LONG + "for (;;) s.lastIndexOf('z')",
    "cutting": LONG + "for (;;) s.substring(1)",
    "comparing": LONG + "var t = s + '', u = t + ''; for (;;) (s + '1') == (s + '2')",
    "ordering": LONG + "var t = s + 'a', u = s + 'b'; for (;;) t < u",
    "becoming a number": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) +s",
    "becoming a number when calculated with": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) s * 2",
    "parseInt": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) parseInt(s, 7)",
    "parseFloat": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) parseFloat(s)",
    "isNaN": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) isNaN(s)",
    "new Number": "var s = '12'; for (var i = 0; i < 18; i++) s += s; for (;;) new Number(s)",
    "splitting": LONG + "for (;;) s.split('q')",
    "trimming": LONG + "for (;;) s.trim()",
    "escaping": LONG + "for (;;) escape(s)",
    "a template that grows": LONG + "s.replace(/.+/, new Array(1000).join('$&'))",
    "a template that grows before": LONG + "s.replace('y', new Array(100000).join(\"$'\"))",
    "sorting long strings": LONG + "var a = [s + 1, s + 2]; for (i = 0; i < 15; i++) a = a.concat(a); a.sort()",
    "finding long strings": LONG
    + "var a = [s + 1]; for (i = 0; i < 15; i++) a = a.concat(a); for (;;) a.indexOf(s + 2)",
    "listing keys": MANY + "for (;;) for (var k in o) break",
    "freezing": MANY + "for (;;) Object.freeze(o)",
    "asking whether it is sealed": MANY + "for (;;) Object.isSealed(o)",
    "cutting arrays short": (
        "var a = []; for (var i = 0; i < 3000; i++) a[i] = i; for (;;) { a.length = 4e9; a.length = i }"
    ),
    "a chain of prototypes": "var o = {}; for (;;) o = Object.create(o)",
    "a chain of constructors": "function F() {} for (;;) F.prototype = new F",
    "a huge pattern": "new RegExp(new Array(100000).join('a|'))",
    "many patterns": "for (var i = 0;; i++) new RegExp('(a|b)*' + i + new Array(1000).join('[a-z]'))",
    "encoding": LONG + "for (;;) encodeURIComponent(s)",
    "bringing JSON": LONG + "for (;;) JSON.stringify(s)",
    "reading JSON": LONG + "var j = JSON.stringify(s); for (;;) JSON.parse(j)",
    "matching": LONG + "for (;;) /^x/.test(s)",
    "reading dates": LONG + "for (;;) Date.parse(s)",
    "throwing what is long": LONG + "throw s",
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

PATTERNS = {
    "again and again": "while (1) /^(a|a)*$/.test('aaaaaaaaaaaaaaaaab')",
    "repetitions of repetitions": "/^(x+x+)+y/.test('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')",
    "groups of groups": "/^(([a-z])+.)+[A-Z]([a-z])+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')",
    "in replace": "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.replace(/(a*)*$/g, '').length",
    "in split": "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.split(/(?:a|a)*$/).length",
    "with references": "/^(a*)*\\1b/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')",
}

SOURCES = {
    "deep brackets": "(" * 20_000 + "1" + ")" * 20_000,
    "deep arrays": "[" * 20_000 + "]" * 20_000,
    "deep negation": "!" * 50_000 + "1",
    "deep conditions": "if(1)" * 10_000 + ";",
    "deep functions": "(function(){" * 3_000 + "})" * 3_000,
    "a long chain of else": "if(0){}" + "else if(0){}" * 5_000,
    "a source too long": "var a=1;" * 30_000,
    "deep expression in a pattern": "/" + "(" * 20_000 + ")" * 20_000 + "/",
    "deep members": "var a; a" + "[a" * 20_000 + "]" * 20_000,
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


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS.keys())
def test_what_does_not_end_meets_a_limit(source: str) -> None:
    outcome = run(source)
    assert outcome is not None
    assert "in the engine" not in outcome


@pytest.mark.parametrize("source", LABOUR.values(), ids=LABOUR.keys())
def test_what_takes_long_is_paid_for(source: str) -> None:
    outcome = run(source)
    assert outcome is not None
    assert len(outcome) < 2000


@pytest.mark.parametrize("source", ENDS.values(), ids=ENDS.keys())
def test_what_is_large_but_ends_is_run(source: str) -> None:
    assert run(source) is None


@pytest.mark.parametrize("source", PATTERNS.values(), ids=PATTERNS.keys())
def test_slow_patterns_end_or_meet_the_limit_of_time(source: str) -> None:
    assert run(source) in (None, "the script passed its limit of seconds for regular expressions")


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
def test_sources_that_nobody_can_parse_are_refused(source: str) -> None:
    assert run(source) is not None


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
    ],
)
def test_memory_stays_bounded(name: str) -> None:
    options = Options(work=3_000_000, memory=2 * MEBIBYTE, string=MEBIBYTE // 8)
    chain = Chain(Js2pyEngine(options).session())
    chain.run("1")
    tracemalloc.start()
    try:
        with pytest.raises(ScriptLimit):
            chain.run(ENDLESS[name])
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
        chain = Chain(Js2pyEngine(Options(work=work)).session())
        count = 0
        try:
            for _ in chain.session.evaluate("for (;;) {}", chain.anonymous):
                count += 1
        except ScriptLimit:
            return count
        return 0

    assert [yields(work) for work in (100_000, 200_000, 400_000)] == [4, 9, 19]

"""What this engine does in its own way."""

import json
import random
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from mirabelle.contrib.ecmascript_quickjs.connection import Connection
from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine
from mirabelle.contrib.ecmascript_quickjs.limits import Options
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.contrib.ecmascript_quickjs.worker.realm import Limits
from mirabelle.contrib.ecmascript_quickjs.worker.wire import Kind
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import Json, ScriptLimit, finish
from tests.contrib.ecmascript_quickjs.extra import needs_extra

pytestmark = needs_extra


@pytest.fixture
def patient() -> Iterator[Workers]:
    """One worker whose scripts may go on for longer than any test takes."""
    pool = Workers(Options(workers=1, seconds=600, patience=600))
    yield pool
    pool.close()


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("let a = 1; const b = 2; a + b", 3),
        ("(x => x * 2)(21)", 42),
        ("`${1 + 1}!`", "2!"),
        ("class A { #x = 1; get x() { return this.#x } } new A().x", 1),
        ("var {a, ...rest} = {a: 1, b: 2, c: 3}; rest", {"b": 2, "c": 3}),
        ("[...'ab'].map((c, i) => c + i)", ["a0", "b1"]),
        ("null ?? 'other'", "other"),
        ("({a: {b: 1}}).a?.b", 1),
        ("'aXbX'.replaceAll('X', '-')", "a-b-"),
        ("[3, 1, 2].toSorted().at(-1)", 3),
        ("/(?<year>\\d{4})/.exec('in 2024').groups.year", "2024"),
        ("10n ** 20n", 1e20),
        ("[...new Set([1, 1, 2])]", [1, 2]),
        ("function* g() { yield 1; yield 2 } [...g()]", [1, 2]),
    ],
)
def test_later_editions_are_there(chain: Chain, source: str, value: Json) -> None:
    assert chain.export(source) == value


@pytest.mark.parametrize(
    "name", ["performance", "Atomics", "SharedArrayBuffer", "WeakRef", "queueMicrotask", "std", "os"]
)
def test_what_scripts_need_not_have_is_not_there(chain: Chain, name: str) -> None:
    assert chain.run(f"typeof {name}") == "undefined"


def test_promises_have_their_turn_at_the_end_of_an_evaluation(chain: Chain) -> None:
    chain.run("var log = []; (async () => { log.push(1); await null; log.push(3) })(); log.push(2)", chain.dialog)
    assert chain.export("log") == [1, 2, 3]
    with pytest.raises(ScriptLimit):
        chain.run("(function again() { Promise.resolve().then(again) })()")
    assert chain.run("log.length") == 3


def test_modules_cannot_be_imported(chain: Chain) -> None:
    chain.run("var why = 'nothing'; import('os').catch(e => { why = e.name })", chain.dialog)
    assert chain.run("why + ''") == "ReferenceError"


# ---- time and chance ----


def test_time_is_what_the_host_lends(workers: Workers) -> None:
    instants = iter([1_000_000_000.5, 1_000_000_001.5])
    chain = Chain(QuickjsEngine(None, lambda: next(instants), workers=workers).session())
    assert chain.run("[Date.now(), +new Date, +new Date()].join()") == "1000000000500,1000000000500,1000000000500"
    assert chain.run("Date.now() + 0") == 1_000_000_001_500


def test_dates_are_otherwise_as_they_are(chain: Chain) -> None:
    assert chain.export(
        "[new Date(2020, 1, 3).getDate(), new Date(0).toISOString(), Date.UTC(2000, 0), typeof Date(),"
        " new Date() instanceof Date, new Date().constructor === Date, Object.prototype.toString.call(new Date),"
        " (class extends Date {}).name, new (class D extends Date { x() { return 1 } })().x(), Date.length]"
    ) == [3, "1970-01-01T00:00:00.000Z", 946684800000, "string", True, True, "[object Date]", "", 1, 7]


def test_chance_is_repeated_with_the_seed(workers: Workers) -> None:
    def drawn(seed: int) -> Json:
        engine = QuickjsEngine(None, chance=random.Random(seed), workers=workers)
        return [Chain(engine.session()).export("[Math.random(), Math.random(), Math.random()]") for _ in range(2)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_chance_is_fair_enough(chain: Chain) -> None:
    assert (
        chain.run(
            "var low = 0, sum = 0; for (var i = 0; i < 20000; i++) { var r = Math.random(); sum += r;"
            " if (!(r >= 0 && r < 1)) throw r; if (r < 0.1) low++ }"
            " Math.abs(sum / 20000 - 0.5) < 0.02 && Math.abs(low / 20000 - 0.1) < 0.02"
        )
        is True
    )


# ---- declarations ----


def test_let_and_const_live_until_the_end_of_their_source(chain: Chain) -> None:
    chain.run("let x = 1; var y = x", chain.dialog)
    assert chain.export("[typeof x, y]") == ["undefined", 1]


def test_strict_sources_declare_too(chain: Chain) -> None:
    chain.run("'use strict'; var x = 1; function f() { return x }", chain.dialog)
    assert chain.run("f() + x") == 2


@pytest.mark.parametrize("name", ["Map", "Object", "JSON", "Symbol", "undefinable", "globalThis", "toString", "größe"])
def test_variables_may_be_named_like_built_ins(chain: Chain, name: str) -> None:
    chain.run(f"var {name} = 'mine'", chain.dialog)
    assert chain.session.value(chain.dialog, name) == "mine"
    assert chain.run(f"'' + {name} + dialog.{name}") == "minemine"
    assert chain.export("typeof Array + [1].concat(2)") == "function1,2"


def test_a_variable_named_eval_keeps_nobody_from_evaluating(chain: Chain) -> None:
    chain.session.declare(chain.dialog, "eval", 1)
    assert chain.run("1 + 1") == 2
    chain.attempt("eval = 5")
    assert chain.run("eval('1 + 1')") == 2


@pytest.mark.parametrize(
    "function",
    [
        "function f(a) { return a + 1 }",
        "function  f ( a ) { return a + 1 }",
        "function/* named */f(a) { return a + 1 }",
        "if (true) { function f(a) { return a + 1 } }",
        "function f() {} function f(a) { return a + 1 }",
        "var f; function f(a) { return a + 1 }",
    ],
)
def test_functions_are_variables_of_their_scope(chain: Chain, function: str) -> None:
    chain.run(f"f.made = 1; {function}" if function.startswith("function f(a)") else function, chain.document)
    assert chain.run("f(1)") == 2
    assert chain.run("document.f.name") == "f"
    chain.session.declare(chain.document, "f", 5)
    assert chain.run("f + 1") == 6


def test_a_function_calls_itself_through_its_variable(chain: Chain) -> None:
    chain.run(
        "function f(n) { return n ? f(n - 1) : 'first' } var g = f; f = function () { return 'second' }", chain.document
    )
    assert chain.run("g(1)") == "second"


def test_direct_eval_sees_local_variables(chain: Chain) -> None:
    chain.run("function f(text) { var local; eval('local = ' + text); return local }", chain.document)
    assert chain.run("f('[1, 2].length')") == 2


# ---- running together ----


def test_a_script_without_end_keeps_nobody_in_its_worker_waiting(patient: Workers) -> None:
    endless = Chain(QuickjsEngine(workers=patient).session())
    others = [Chain(QuickjsEngine(workers=patient).session()) for _ in range(5)]
    works = [endless.session.evaluate("for (;;) {}", endless.anonymous)]
    next(works[0])
    for other in others:
        other.session.declare(other.dialog, "o", [1, 2])
        assert other.export("[o.length, 1 + 1]") == [2, 2]
        assert finish(other.session.export(other.session.value(other.dialog, "o"))) == [1, 2]
        assert dict(other.session.snapshot(other.dialog)) == {"o": [1, 2]}
        works.append(other.session.evaluate("while (true) {}", other.anonymous))
        next(works[-1])
    assert Chain(QuickjsEngine(workers=patient).session()).run("20 + 1") == 21
    for work in works:
        next(work)


def test_an_evaluation_that_is_dropped_ends(patient: Workers) -> None:
    chain = Chain(QuickjsEngine(workers=patient).session())
    chain.session.declare(chain.document, "n", 0)
    for _ in range(3):
        work = chain.session.evaluate("try { for (;;) {} } finally { n = 1 }", chain.anonymous)
        next(work)
        work.close()
    assert chain.run("n + 0") == 0


def test_an_evaluation_that_is_dropped_before_its_session_has_begun_does_not_begin(patient: Workers) -> None:
    Chain(QuickjsEngine(workers=patient).session()).run("1 + 1")
    (connection,) = patient.connections
    number = 77
    # So many seeds that the beginning takes longer than the moment that one thread has for everything.
    limits = Limits(seconds=600, real_seconds=600, memory=1 << 28, stack=1 << 18, items=1000)
    opening = json.dumps({"limits": asdict(limits), "seeds": [1] * 1_000_000})
    connection.put(Kind.OPEN, number, opening.encode())
    asked = json.dumps({"what": "evaluate", "scope": 1, "at": 0, "marked": False, "value": None})
    endless = connection.ask(Kind.WORK, number, f'[["scope",[1,0,true,[]]]]\n{asked}\nfor (;;) {{}}'.encode())
    connection.send(Kind.CANCEL, number, b"", endless)
    assert reply_of(connection, endless).startswith(b'["limit","interest"')
    after = connection.ask(Kind.WORK, number, f"\n{asked}\n20 + 1".encode())
    assert reply_of(connection, after).startswith(b'["ok",21')


def reply_of(connection: Connection, request: int) -> bytes:
    reply = connection.reply(request, 300)
    assert reply is not None
    return reply


def test_a_session_that_is_forgotten_ends_its_script(patient: Workers) -> None:
    chain = Chain(QuickjsEngine(workers=patient).session())
    next(chain.session.evaluate("for (;;) {}", chain.anonymous))
    del chain
    assert Chain(QuickjsEngine(workers=patient).session()).run("1 + 1") == 2
    assert patient.connections[0].sessions <= 1


def test_the_host_reads_and_writes_while_a_script_of_the_session_runs(patient: Workers) -> None:
    chain = Chain(QuickjsEngine(workers=patient).session())
    chain.session.declare(chain.dialog, "told", "nothing")
    chain.session.declare(chain.dialog, "answer", 0)
    work = chain.session.evaluate("while (told !== 'stop') { answer = told } 'stopped'", chain.anonymous)
    next(work)
    chain.session.declare(chain.dialog, "told", "something")
    while chain.session.value(chain.dialog, "answer") != "something":
        next(work)
    chain.session.set_path(chain.dialog, "told", "stop")
    assert finish(work) == "stopped"
    assert chain.session.value(chain.dialog, "answer") in ("something", "stop")
    assert chain.session.value(chain.dialog, "answer") == chain.run("(answer)")


def test_a_second_evaluation_of_a_session_waits_for_the_first(patient: Workers) -> None:
    chain = Chain(QuickjsEngine(workers=patient).session())
    chain.run("var n = 0", chain.document)
    first = chain.session.evaluate("for (var i = 0; i < 1e6; i++) n++; n", chain.anonymous)
    next(first)
    assert chain.run("n += 0.5; n + 0") == 1e6 + 0.5
    assert finish(first) == 1e6


# ---- limits ----


def test_a_session_that_was_out_of_memory_can_be_used_again(chain: Chain) -> None:
    for source in ("var a = []; for (;;) a.push({a: 1})", "var s = 'x'; for (;;) s += s + 'y'"):
        with pytest.raises(ScriptLimit):
            chain.run(source, chain.document)
        chain.session.declare(chain.dialog, "_event", "error.semantic")
        assert chain.run("_event + '!'") == "error.semantic!"
        chain.run("if (typeof s !== 'undefined') s = null; a = null")


def test_objects_that_the_host_lets_go_are_let_go(chain: Chain) -> None:
    for _ in range(100):
        chain.run("new Array(30000).fill(0.5)")
    handles = [chain.run("new Array(300).fill(0.5)") for _ in range(100)]
    assert chain.export("1 + 1") == 2
    assert len(set(handles)) == 100


def test_the_same_object_is_the_same_handle_however_often_it_was_let_go(chain: Chain) -> None:
    chain.run("var o = {n: 1}, p = {}", chain.dialog)
    for _ in range(50):
        first, second = chain.run("(o)"), chain.run("(o)")
        assert first == second != chain.run("(p)")
        del first
        chain.session.declare(chain.dialog, "again", second)
        assert chain.run("again === o") is True


def test_sources_have_a_length(chain: Chain) -> None:
    long = "x" + " " * 65_536
    with pytest.raises(ScriptLimit, match="characters in a source"):
        chain.run(long)
    with pytest.raises(ScriptLimit, match="characters in a source"):
        chain.assign(long, 1)


def test_a_script_cannot_forge_what_its_worker_answers(chain: Chain) -> None:
    """What it throws, returns or does to itself is at most its own error."""
    chain.session.declare(chain.dialog, "x", 1)
    for source in (
        "throw {name: '\",[],0]', message: '\\n'}",
        "$chain$[0] = null; $chain$.length = 0",
        "arguments",
        "Object.prototype.toJSON = Array.prototype.toJSON = String.prototype.toJSON = () => '[0]'; ({a: 1})",
        "Object.prototype[Symbol.toPrimitive] = () => { throw 1 }; ({})",
        "Error.prepareStackTrace = () => { for (;;) {} }; 1",
        "Array.prototype[Symbol.iterator] = null; Map.prototype.get = Map.prototype.set = null; 1",
    ):
        chain.attempt(source)
        assert chain.run("x + 1") == 2, source
        assert chain.session.value(chain.dialog, "x") == 1

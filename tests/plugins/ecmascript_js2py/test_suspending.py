"""A script lets others run, wherever its loop is; only what conversions and JSON call back cannot wait."""

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine, Options
from mirabelle.vxml_interpreter.script import ScriptError, ScriptLimit, Work

BUSY = "for (var i = 0; i < 3000; i++) { n++ }"


def turns(work: Work[object]) -> tuple[int, object]:
    """How often it let others run, and its value."""
    count = 0
    while True:
        try:
            next(work)
        except StopIteration as stop:
            return count, stop.value
        count += 1


@pytest.fixture
def sliced() -> Chain:
    chain = Chain(Js2pyEngine(Options(work=300_000, slice=5000, callback_work=2000)).session())
    chain.session.declare(chain.document, "n", 0)
    return chain


@pytest.mark.parametrize(
    "source",
    [
        f"{BUSY} n",
        f"(function () {{ {BUSY} }})(); n",
        f"try {{ {BUSY} }} finally {{}} n",
        f"try {{ throw 1 }} catch (e) {{ {BUSY} }} n",
        f"try {{}} finally {{ {BUSY} }} n",
        f"with ({{a: 1}}) {{ {BUSY} }} n",
        f"for (var k in {{a: 1}}) {{ {BUSY} }} n",
        f"switch (1) {{ case 1: {BUSY} }} n",
        f"eval('{BUSY}'); n",
        f"(function () {{ {BUSY} }}).call(null); n",
        f"(function () {{ {BUSY} }}).apply(null, []); n",
        f"(function () {{ {BUSY} }}).bind(null)(); n",
        f"new (function () {{ {BUSY} }})(); n",
        f"(function () {{ return eval('(function () {{ {BUSY} }})') }})()(); n",
        f"[1].forEach(function () {{ {BUSY} }}); n",
        f"[1].map(function () {{ {BUSY} return n }})[0]",
        f"[n].filter(function () {{ {BUSY} return true }}); n",
        f"[1].every(function () {{ {BUSY} }}); n",
        f"[1].some(function () {{ {BUSY} }}); n",
        f"[1, 2].reduce(function () {{ {BUSY} return n }})",
        f"[1, 2].reduceRight(function () {{ {BUSY} return n }})",
        f"[2, 1].sort(function () {{ {BUSY} }}); n",
        f"+'a'.replace('a', function () {{ {BUSY} return n }})",
        f"[1].forEach.call([1], function () {{ {BUSY} }}); n",
        f"[1].forEach(function () {{ [1].map(function () {{ {BUSY} }}) }}); n",
        f"[1].forEach((function () {{ {BUSY} }}).bind(null)); n",
        f"JSON.stringify({{toJSON: function () {{ {BUSY} }}}}); n",
        f"JSON.stringify([1], function () {{ {BUSY} return 1 }}); n",
        f"JSON.parse('1', function () {{ {BUSY} }}); n",
        f"document.n = 0; var e = eval; e('(function (d) {{ with (d) {{ {BUSY} }} }})')(document); n",
        f"new Function('d', 'with (d) {{ {BUSY} }}')(document); n",
    ],
)
def test_a_loop_can_wait_in_any_statement(sliced: Chain, source: str) -> None:
    count, value = turns(sliced.session.evaluate(source, sliced.anonymous))
    assert value == 3000
    assert 5 <= count <= 10


@pytest.mark.parametrize(
    "source",
    [
        f"({{get x() {{ {BUSY} }}}}).x",
        f"'' + {{toString: function () {{ {BUSY} }}}}",
        f"[{{toString: function () {{ {BUSY} }}}}].join()",
        f"({{get x() {{ [1].forEach(function () {{ {BUSY} }}) }}}}).x",
    ],
)
def test_what_cannot_wait_has_a_small_budget_of_its_own(sliced: Chain, source: str) -> None:
    with pytest.raises(ScriptLimit) as caught:
        turns(sliced.session.evaluate(source, sliced.document))
    assert caught.value.limit == "work in one call of a built-in function"


def test_each_call_of_a_built_in_function_has_its_whole_budget(sliced: Chain) -> None:
    source = "var o = {get x() { for (var i = 0; i < 20; i++) n++ }}; for (var j = 0; j < 300; j++) o.x; n"
    count, value = turns(sliced.session.evaluate(source, sliced.anonymous))
    assert value == 6000
    assert count > 5


def test_work_in_built_in_functions_counts_towards_the_slice(sliced: Chain) -> None:
    count, _ = turns(
        sliced.session.evaluate("var a = new Array(400); for (var i = 0; i < 50; i++) a.join()", sliced.document)
    )
    assert count >= 9


def test_toString_can_wait_when_the_host_asks_for_text(sliced: Chain) -> None:  # noqa: N802
    value = sliced.run(f"({{toString: function () {{ {BUSY} return 'done' }}}})")
    count, text = turns(sliced.session.text(value))
    assert text == "done"
    assert count >= 5


def test_export_can_wait(sliced: Chain) -> None:
    sliced.run(
        f"var list = []; for (var i = 0; i < 12000; i++) list.push(i); function F() {{ {BUSY} return 1 }}",
        sliced.document,
    )
    count, exported = turns(sliced.session.export(sliced.run("({list: list, made: {toJSON: F}})")))
    assert exported == {"list": list(range(12000)), "made": 1}
    assert count >= 6


def test_assigning_can_wait(sliced: Chain) -> None:
    sliced.run(f"function place() {{ {BUSY} return box }} var box = {{}}", sliced.document)
    count, _ = turns(sliced.session.assign("place().x", 5, sliced.anonymous))
    assert sliced.run("box.x") == 5
    assert count >= 5


def test_two_sessions_take_turns(sliced: Chain) -> None:
    other = Chain(Js2pyEngine(Options(slice=5000)).session())
    works = [
        sliced.session.evaluate(f"{BUSY} n", sliced.anonymous),
        other.session.evaluate(f"var n = 0; {BUSY} n", other.anonymous),
    ]
    values: list[object] = []
    while works:
        for work in list(works):
            try:
                next(work)
            except StopIteration as stop:
                values.append(stop.value)
                works.remove(work)
    assert values == [3000, 3000]


def test_an_evaluation_that_is_dropped_leaves_the_session_in_order(sliced: Chain) -> None:
    for _ in range(3):
        work = sliced.session.evaluate("try { for (;;) {} } finally { n = 1 }", sliced.anonymous)
        next(work)
        work.close()
    assert sliced.run("n") == 0
    assert sliced.run("(function f(k) { return k ? f(k - 1) : 'deep enough' })(900)") == "deep enough"


def test_evaluations_of_one_session_can_be_interleaved(sliced: Chain) -> None:
    first = sliced.session.evaluate(f"{BUSY} n", sliced.anonymous)
    next(first)
    assert sliced.run("(function f(k) { return k ? f(k - 1) : 'between' })(900)") == "between"
    _, value = turns(first)
    assert value == 3000


@pytest.mark.parametrize(
    "source",
    [
        "try { for (;;) {} } catch (e) { n = 1 } finally { n = 2 }",
        "try { [1].forEach(function () { try { for (;;) {} } catch (e) { n = 1 } finally { n = 2 } }) } catch (e) {}",
        "var s = 'x'; try { for (;;) s += s } catch (e) { n = 1 }",
        "try { (function f() { try { f() } finally { n = 1 } })() } catch (e) { n = 2 }",
        "try { new Array(1e9).join() } catch (e) { n = 1 }",
        "try { [1].map(function g() { [1].map(g) }) } catch (e) { n = 1 }",
        "try { JSON.parse(new Array(5000).join('[')) } catch (e) { n = 1 }",
        "try { eval(new Array(70000).join(' ')) } catch (e) { n = 1 }",
        "try { eval(new Array(3000).join('(')) } catch (e) { n = 1 }",
    ],
)
def test_a_limit_ends_the_evaluation_and_nothing_else(sliced: Chain, source: str) -> None:
    with pytest.raises(ScriptLimit):
        sliced.run(source)
    assert sliced.run("n") == 0
    assert sliced.run("[3, 1, 2].sort(function (a, b) { return a - b }).join()") == "1,2,3"


LARGE = "n = 1;" + "n++;" * 2000


def test_a_large_source_is_parsed_beside_and_kept(sliced: Chain) -> None:
    slices, value = turns(sliced.session.evaluate(LARGE, sliced.document))
    assert slices > 10
    assert value == 2000
    assert sliced.run("n") == 2001


def test_a_large_source_that_cannot_be_parsed_is_an_error_like_any_other(sliced: Chain) -> None:
    with pytest.raises(ScriptError, match="SyntaxError"):
        sliced.run(f"{LARGE} var")
    with pytest.raises(ScriptLimit):
        sliced.run(f"n = {'(' * 5000}1{')' * 5000}")
    assert sliced.run("n") == 0


def test_a_dialogue_that_ends_while_its_source_is_parsed_leaves_others_alone(sliced: Chain) -> None:
    work = sliced.session.evaluate(LARGE, sliced.document)
    next(work)
    work.close()
    assert sliced.run("n") == 0
    assert sliced.run(f"{LARGE} n") == 2001


def test_a_function_from_text_is_paid_for_before_it_is_parsed(sliced: Chain) -> None:
    with pytest.raises(ScriptLimit, match="of work"):
        sliced.run(f"var s = '{' ' * 3000}'; for (;;) {{ try {{ new Function(s + n++ + '(') }} catch (e) {{}} }}")
    assert 0 < int(str(sliced.run("n"))) < 10


def test_a_source_that_a_script_makes_is_shorter(sliced: Chain) -> None:
    for made in ("eval(s)", "(0, eval)(s)", "new Function(s)"):
        assert sliced.run(f"var s = new Array(400).join(' '); {made}; n") == 0
        with pytest.raises(ScriptLimit, match="that a script makes"):
            sliced.run(f"var s = '{' ' * 17_000}'; {made}")

"""Scopes of VoiceXML 2.0, 5.1.2, in the corners that the contract leaves to each engine."""

import random

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine, Options
from mirabelle.vxml_interpreter.script import UNDEFINED, ScriptError, ScriptLimit, finish


def test_this_is_the_scope_of_a_program(chain: Chain) -> None:
    chain.session.declare(chain.dialog, "x", 1)
    assert chain.run("this.x + (this === dialog)", chain.dialog) == 2


def test_a_plain_call_does_not_make_variables_through_this(chain: Chain) -> None:
    chain.run("function f() { this.made = 1 } f()", chain.document)
    assert not chain.session.declared(chain.document, "made")


def test_variables_are_seen_in_the_order_of_their_declaration(chain: Chain) -> None:
    chain.session.declare(chain.dialog, "b", 1)
    chain.session.declare(chain.dialog, "a", 2)
    assert chain.run("var r = ''; for (var k in dialog) r += k; r", chain.anonymous) == "ba"
    assert list(chain.session.snapshot(chain.dialog)) == ["b", "a"]


def test_the_name_of_a_scope_is_no_variable(chain: Chain) -> None:
    assert not chain.session.declared(chain.dialog, "dialog")
    assert chain.refused("dialog = 1").name == "TypeError"
    chain.session.declare(chain.anonymous, "dialog", 5)
    assert chain.run("dialog") == 5


def test_a_declared_variable_cannot_be_deleted(chain: Chain) -> None:
    chain.session.declare(chain.dialog, "x", 1)
    assert chain.run("[delete x, delete dialog.x].join()") == "false,false"


def test_a_property_added_to_a_scope_by_a_script_is_a_variable(chain: Chain) -> None:
    chain.run("application.made = 7")
    assert chain.run("made") == 7
    assert chain.session.declared(chain.application, "made")


def test_a_getter_on_a_scope_is_called(chain: Chain) -> None:
    chain.run("Object.defineProperty(dialog, 'g', {get: function () { return 3 }, set: function (v) { this.got = v }})")
    assert chain.run("g = 4; g + got") == 7


def test_a_scope_that_a_script_froze_can_still_be_written_by_the_host(chain: Chain) -> None:
    chain.session.declare(chain.dialog, "x", 1)
    chain.run("Object.freeze(dialog)")
    chain.session.declare(chain.dialog, "x", 2)
    chain.session.set_path(chain.dialog, "y.z", 3)
    assert chain.run("x + y.z") == 5


@pytest.mark.parametrize(
    "source",
    [
        "list.push(1)",
        "list[0] = 9",
        "list.length = 0",
        "list.sort()",
        "list.reverse()",
        "list.shift()",
        "Array.prototype.splice.call(list, 0, 1)",
        "with (session) { x = 9 }",
        "for (x in {a: 1}) {}",
        "for (session.x in {a: 1}) {}",
        "session.__defineGetter__('x', function () {})",
        "Object.defineProperties(session, {x: {value: 9}})",
        "Object.assign(session, {x: 9})",
        "session.deep.inner.y++",
        "delete list[0]",
        "eval('var x2 = 1', session.x2 = 1)",
        "(function () { session.x = 9 })()",
        "session.x--",
    ],
)
def test_every_way_to_write_a_scope_that_is_not_writable_is_an_error(chain: Chain, source: str) -> None:
    chain.session.declare(chain.outer, "x", 1)
    chain.session.declare(chain.outer, "list", [3, 1, 2])
    chain.session.set_path(chain.outer, "deep.inner.y", 1)
    before = dict(chain.session.snapshot(chain.outer))
    assert chain.refused(source).name == "TypeError"
    assert dict(chain.session.snapshot(chain.outer)) == before


def test_freezing_and_changing_prototypes_does_not_open_it(chain: Chain) -> None:
    chain.session.declare(chain.outer, "x", 1)
    chain.run("Object.freeze(session); Object.seal(session); Object.preventExtensions(session)")
    chain.session.declare(chain.outer, "y", 2)
    chain.session.declare(chain.outer, "x", 3)
    assert chain.run("x + y") == 5
    chain.run("Object.prototype.polluted = 1")
    assert chain.refused("polluted").name == "ReferenceError"


def test_an_object_of_a_script_stays_writable_where_the_host_puts_it(chain: Chain) -> None:
    chain.session.declare(chain.outer, "shared", chain.run("({n: 1})"))
    chain.run("session.shared.n = 2")
    assert chain.run("shared.n") == 2


def test_set_path_reaches_into_arrays(chain: Chain) -> None:
    chain.session.declare(chain.outer, "list", [{"a": 1}])
    chain.session.set_path(chain.outer, "list.0.a", 2)
    chain.session.set_path(chain.outer, "list.2", "third")
    assert chain.export("session.list") == [{"a": 2}, None, "third"]


def test_set_path_replaces_what_is_no_object(chain: Chain) -> None:
    chain.session.set_path(chain.application, "a", 1)
    chain.session.set_path(chain.application, "a.b", 2)
    assert chain.export("a") == {"b": 2}


def test_two_documents_below_one_application(chain: Chain) -> None:
    chain.run("var count = 0; function step() { return ++count }", chain.application)
    other = chain.session.scope(chain.application, "document")
    assert chain.run("step()") == 1
    assert finish(chain.session.evaluate("application.step() + count", other)) == 4
    assert chain.run("var mine = 1; document.mine", chain.document) == 1
    with pytest.raises(ScriptError):
        finish(chain.session.evaluate("mine", other))


def test_functions_keep_their_document_alive(chain: Chain) -> None:
    document = chain.session.scope(chain.application, "document")
    finish(chain.session.evaluate("var n = 0; application.f = function () { return ++n }", document))
    del document
    assert chain.run("application.f() + application.f()") == 3


def test_handles_are_equal_when_their_objects_are_one(chain: Chain) -> None:
    chain.session.declare(chain.dialog, "a", {})
    assert chain.run("a") == chain.run("dialog.a")
    assert chain.run("a") != chain.run("({})")
    assert len({chain.run("a"), chain.run("a")}) == 1


def test_what_is_neither_json_nor_a_handle_is_refused(chain: Chain) -> None:
    for value in (object(), {1, 2}, b"bytes"):
        with pytest.raises(ScriptError, match="neither JSON nor a handle"):
            chain.session.declare(chain.dialog, "x", value)  # type: ignore[arg-type]


def test_numbers_cross_as_int_where_they_are_whole(chain: Chain) -> None:
    assert [type(chain.run(source)) for source in ("3", "3.5", "1e300", "-0", "1 / 0")] == [
        int,
        float,
        float,
        int,
        float,
    ]
    chain.session.declare(chain.dialog, "n", 3)
    assert chain.run("n / 2") == 1.5


def test_snapshot_of_values_that_json_does_not_have(chain: Chain) -> None:
    chain.run(
        "var u, nan = NaN, f = function () {}, d = new Date(0), long = new Array(1000).join('x');"
        "var o = {f: f, u: u}; o.o = o",
        chain.dialog,
    )
    assert dict(chain.session.snapshot(chain.dialog)) == {
        "u": None,
        "nan": None,
        "f": "[function]",
        "d": "1970-01-01T00:00:00.000Z",
        "long": "x" * 200 + "...",
        "o": {"f": "[function]", "u": None, "o": "[Object]"},
    }


def test_export_of_dates_boxed_values_and_toJSON(chain: Chain) -> None:  # noqa: N802
    assert chain.export("[new Date(0), new Number(1), new String('s'), new Boolean(false), new Date(NaN)]") == [
        "1970-01-01T00:00:00.000Z",
        1,
        "s",
        False,
        None,
    ]
    assert chain.export("({toJSON: function () { return {a: [1]} }})") == {"a": [1]}
    assert chain.export("({get a() { return 1 }})") == {"a": 1}


def test_a_script_error_in_text_and_export_is_a_script_error(chain: Chain) -> None:
    for source in ("({toString: function () { throw new RangeError('no') }})", "({toString: null, valueOf: null})"):
        with pytest.raises(ScriptError):
            chain.text(source)
    with pytest.raises(ScriptError):
        chain.export("({toJSON: function () { null.x }})")


def test_errors_of_scripts_run_no_script(chain: Chain) -> None:
    chain.session.declare(chain.document, "touched", False)
    error = chain.refused("throw {get name() { touched = true }, get message() { touched = true; return 'm' }}")
    assert error.message == "an object of class Object"
    assert chain.run("touched") is False
    error = chain.refused("function Mine() { this.message = 'own' } Mine.prototype = new Error; throw new Mine")
    assert (error.name, error.message) == ("Error", "own")


def test_undefined_comes_back(chain: Chain) -> None:
    chain.session.declare(chain.dialog, "x", 1)
    finish(chain.session.assign("x", UNDEFINED, chain.anonymous))
    assert chain.run("x") is UNDEFINED


def test_a_reference_is_evaluated_once(chain: Chain) -> None:
    chain.run("var n = 0, o = {}; function f() { n++; return o }", chain.dialog)
    chain.assign("f().x", "v")
    chain.assign("o['a' + 'b']", 1)
    assert chain.export("[n, o]") == [1, {"x": "v", "ab": 1}]


def test_compiled_sources_are_shared_and_dropped() -> None:
    engine = Js2pyEngine(Options(cached_source=100))
    chains = [Chain(engine.session()) for _ in range(2)]
    for number in range(50):
        for chain in chains:
            assert chain.run(f"var v = {number}; (function () {{ return v }})()") == number
    assert chains[0].run("(function () { return v })()") == 49


def test_a_source_too_long_is_refused_before_it_is_parsed() -> None:
    engine = Js2pyEngine(Options(source=100))
    with pytest.raises(ScriptLimit):
        engine.check(" " * 101)
    chain = Chain(engine.session())
    with pytest.raises(ScriptLimit):
        chain.run(" " * 101)
    with pytest.raises(ScriptLimit):
        chain.assign("x" * 101, 1)


def test_depth_is_counted() -> None:
    chain = Chain(Js2pyEngine(Options(depth=50)).session())
    assert chain.run("function f(n) { return n ? f(n - 1) : 'ok' } f(49)", chain.document) == "ok"
    with pytest.raises(ScriptLimit, match="depth of calls"):
        chain.run("f(50)", chain.document)


def test_math_random_is_repeated_with_the_same_chance() -> None:
    def numbers() -> object:
        return Chain(Js2pyEngine(chance=random.Random(7)).session()).export("[Math.random(), Math.random()]")

    assert numbers() == numbers()

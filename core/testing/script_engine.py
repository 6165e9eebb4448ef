"""What every script engine must do: subclass `ScriptEngineContract` and give it your engine.

class TestMyEngine(ScriptEngineContract):
    def engine(self):
        return MyEngine()
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import cast

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import (
    UNDEFINED,
    Handle,
    Json,
    ScriptEngine,
    ScriptError,
    ScriptLimit,
    Value,
    finish,
)


class ScriptEngineContract(ABC):
    """The promises of vxml_interpreter.script, one test each."""

    ENDLESS = "for(;;){}"

    @abstractmethod
    def engine(self) -> ScriptEngine:
        """A fresh engine."""

    @pytest.fixture
    def script_engine(self) -> ScriptEngine:
        """The engine of one test."""
        return self.engine()

    @pytest.fixture
    def chain(self, script_engine: ScriptEngine) -> Chain:
        """A session with its scopes."""
        return Chain(script_engine.session())

    @pytest.mark.parametrize(
        ("source", "value"),
        [
            ("1 + 1", 2),
            ("0.5", 0.5),
            ("'a' + 1", "a1"),
            ("true", True),
            ("1 == 2", False),
            ("null", None),
            ("undefined", UNDEFINED),
            ("void 0", UNDEFINED),
        ],
    )
    def test_primitive_values_cross_as_they_are(self, chain: Chain, source: str, value: Value) -> None:
        """`str`, `bool`, numbers, None for null, UNDEFINED."""
        result = chain.run(source)
        assert result == value
        assert isinstance(result, bool) == isinstance(value, bool)

    def test_objects_and_functions_cross_as_handles(self, chain: Chain) -> None:
        """A handle says whether it can be called."""
        assert cast("Handle", chain.run("({a: 1})")).callable is False
        assert cast("Handle", chain.run("(function () {})")).callable is True

    def test_an_expression_in_braces_is_an_object(self, chain: Chain) -> None:
        """`expr="{a: 1}"` means the object, not a block with a label."""
        assert chain.export("{a: 1}") == {"a": 1}
        assert chain.export("{}") == {}

    def test_a_program_has_its_completion_value(self, chain: Chain) -> None:
        """The value of the last expression statement."""
        assert chain.run("var a = 1; a + 1; if (a) { a + 41 }") == 42

    def test_a_thrown_error_has_its_name_and_message(self, chain: Chain) -> None:
        """Both for errors of the engine and for those that a script makes."""
        error = chain.refused("throw new RangeError('too far')")
        assert (error.name, error.message) == ("RangeError", "too far")
        assert chain.refused("null.x").name == "TypeError"

    def test_anything_can_be_thrown(self, chain: Chain) -> None:
        """A thrown primitive is the message."""
        assert chain.refused("throw 'just text'").message == "just text"
        assert isinstance(chain.refused("throw {a: 1}"), ScriptError)

    def test_a_syntax_error_has_its_line(self, chain: Chain) -> None:
        """Lines count from 1."""
        error = chain.refused("var a;\nvar b = ;")
        assert (error.name, error.line) == ("SyntaxError", 2)

    def test_check_parses_without_running(self, script_engine: ScriptEngine) -> None:
        """A program that would throw passes, one that cannot be parsed does not."""
        script_engine.check("undeclared.x()")
        with pytest.raises(ScriptError) as caught:
            script_engine.check("1 +")
        assert caught.value.name == "SyntaxError"

    def test_an_undeclared_name_is_a_reference_error(self, chain: Chain) -> None:
        """Read, assigned to, counted up: VoiceXML 2.0, 5.1.1."""
        for source in ("nowhere", "nowhere = 1", "nowhere++", "nowhere += 1"):
            assert chain.refused(source).name == "ReferenceError"
        assert chain.run("typeof nowhere") == "undefined"

    def test_a_variable_of_an_outer_scope_is_seen(self, chain: Chain) -> None:
        """Names resolve from the inside out."""
        chain.session.declare(chain.document, "x", 1)
        assert chain.run("x") == 1
        chain.session.declare(chain.dialog, "x", 2)
        assert chain.run("x") == 2
        assert chain.run("document.x") == 1

    def test_a_variable_and_its_qualified_name_are_one(self, chain: Chain) -> None:
        """`x` and `dialog.x` are the same slot: 5.1.2."""
        chain.session.declare(chain.dialog, "x", 1)
        chain.run("dialog.x = 2")
        assert chain.run("x") == 2
        chain.run("x = 3")
        assert chain.run("dialog.x") == 3

    def test_a_scope_can_have_several_names(self, script_engine: ScriptEngine) -> None:
        """In a root document `document.x` is `application.x`: 1.5.2."""
        session = script_engine.session()
        root = session.scope(None, "document", "application")
        session.declare(root, "x", 7)
        assert finish(session.evaluate("document.x + application.x", root)) == 14

    def test_only_own_properties_are_names(self, chain: Chain) -> None:
        """Object.prototype does not make variables of every scope."""
        assert chain.refused("hasOwnProperty").name == "ReferenceError"
        assert chain.refused("toString = 1").name == "ReferenceError"

    def test_var_declares_in_the_scope_it_is_evaluated_in(self, chain: Chain) -> None:
        """A `var` of a script is a variable of its scope: 5.3.12."""
        chain.run("var x = 1; var y", chain.dialog)
        assert chain.session.declared(chain.dialog, "x")
        assert chain.session.declared(chain.dialog, "y")
        assert not chain.session.declared(chain.document, "x")

    def test_var_without_a_value_keeps_the_value(self, chain: Chain) -> None:
        """As ECMAScript says, and VoiceXML in 5.3.1."""
        chain.session.declare(chain.dialog, "x", 1)
        chain.run("var x;", chain.dialog)
        assert chain.run("x") == 1

    def test_declare_replaces(self, chain: Chain) -> None:
        """A second declaration has the second value."""
        chain.session.declare(chain.dialog, "x", 1)
        chain.session.declare(chain.dialog, "x")
        assert chain.run("x") is UNDEFINED

    def test_functions_live_in_their_scope(self, chain: Chain) -> None:
        """They see later changes of the scope they were evaluated in, and not the caller's variables."""
        chain.run("var n = 1; function next() { n = n + 1; return n }", chain.document)
        chain.session.declare(chain.dialog, "n", 100)
        chain.session.declare(chain.document, "n", 10)
        assert chain.run("next()") == 11
        assert chain.run("n") == 100

    def test_scripts_cannot_change_a_scope_that_is_not_writable(self, chain: Chain) -> None:
        """Whatever they try: 5.1.2."""
        chain.session.declare(chain.outer, "x", 1)
        chain.session.set_path(chain.outer, "connection.remote.uri", "tel:1")
        for source in (
            "x = 2",
            "x++",
            "session.x = 2",
            "session['x'] += 2",
            "delete session.x",
            "session.y = 1",
            "session.connection.remote.uri = 'tel:2'",
            "session.connection.remote = null",
            "delete session.connection.remote.uri",
            "Object.defineProperty(session, 'x', {value: 2})",
            "Object.defineProperty(session.connection, 'remote', {value: 2})",
            "session.connection.added = 1",
        ):
            try:
                chain.run(source)
            except ScriptError:
                assert chain.run("typeof session.y + typeof session.connection.added") == "undefinedundefined"
            assert chain.run("session.x") == 1, source
            assert chain.run("session.connection.remote.uri") == "tel:1", source

    def test_assigning_to_what_is_not_writable_is_an_error(self, chain: Chain) -> None:
        """So that a document hears of it."""
        chain.session.declare(chain.outer, "x", 1)
        assert chain.refused("session.x = 2").name == "TypeError"
        assert chain.refused("x = 2").name == "TypeError"
        assert chain.refused("var made = 2", chain.outer).name == "TypeError"

    def test_the_host_can_change_what_scripts_cannot(self, chain: Chain) -> None:
        """`declare` and `set_path` write everywhere."""
        chain.session.declare(chain.outer, "x", 1)
        chain.session.declare(chain.outer, "x", 2)
        chain.session.set_path(chain.outer, "connection.callee_type", "processing")
        chain.session.set_path(chain.outer, "connection.callee_type", "voice")
        assert chain.run("x + session.connection.callee_type") == "2voice"

    def test_set_path_makes_the_objects_on_the_way(self, chain: Chain) -> None:
        """And keeps those that are there."""
        chain.session.set_path(chain.application, "a.b.c", 1)
        chain.session.set_path(chain.application, "a.d", [1, {"e": None}])
        assert chain.export("application.a") == {"b": {"c": 1}, "d": [1, {"e": None}]}

    def test_json_values_become_objects_of_the_session(self, chain: Chain) -> None:
        """They work like objects that a script has made."""
        chain.session.declare(chain.dialog, "list", [3, 1, 2])
        chain.session.declare(chain.dialog, "record", {"a": {"b": True}})
        assert chain.run("list.sort().join() + record.a.b + (list instanceof Array)") == "1,2,3truetrue"
        chain.run("record.a.b = 1; list.push(4)")
        assert chain.export("[record, list]") == [{"a": {"b": 1}}, [1, 2, 3, 4]]

    def test_assign_reaches_variables_properties_and_elements(self, chain: Chain) -> None:
        """5.3.2."""
        chain.session.declare(chain.dialog, "x")
        chain.session.declare(chain.dialog, "a", {"b": [1, 2, 3]})
        chain.assign("x", "new")
        chain.assign("dialog.a.b[2]", 9)
        assert chain.export("[x, a]") == ["new", {"b": [1, 2, 9]}]

    def test_assign_to_an_undeclared_variable_is_a_reference_error(self, chain: Chain) -> None:
        """Also by its qualified name."""
        for reference in ("nowhere", "dialog.nowhere", "nowhere.x"):
            with pytest.raises(ScriptError) as caught:
                chain.assign(reference, 1)
            assert caught.value.name == "ReferenceError"

    @pytest.mark.parametrize("reference", ["1", "a + b", "f()", "a = b", "x; y", "", "function () {}"])
    def test_assign_takes_references_only(self, chain: Chain, reference: str) -> None:
        """What cannot stand on the left of `=` is a syntax error."""
        chain.run("var a, b, x, y; function f() { return 1 }")
        with pytest.raises(ScriptError) as caught:
            chain.assign(reference, 1)
        assert caught.value.name == "SyntaxError"

    def test_handles_keep_identity(self, chain: Chain) -> None:
        """An object that goes out and comes back is the same object."""
        chain.session.declare(chain.document, "a", {"n": 1})
        chain.session.declare(chain.dialog, "b")
        chain.assign("b", chain.run("a"))
        chain.session.declare(chain.dialog, "c", chain.run("a"))
        chain.run("b.n = 2")
        assert chain.export("[a === b, a === c, a.n]") == [True, True, 2]

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("1", "1"),
            ("0.1 + 0.2", "0.30000000000000004"),
            ("1e21", "1e+21"),
            ("-0", "0"),
            ("null", "null"),
            ("undefined", "undefined"),
            ("[1, [2, 3]]", "1,2,3"),
            ("({})", "[object Object]"),
            ("({toString: function () { return 'mine' }})", "mine"),
            ("0 / 0", "NaN"),
            ("true", "true"),
        ],
    )
    def test_text_is_what_ecmascript_makes_of_it(self, chain: Chain, source: str, text: str) -> None:
        """4.1.4: ToString."""
        assert chain.text(source) == text

    def test_text_of_host_values(self, chain: Chain) -> None:
        """Values that never were in the engine."""
        assert finish(chain.session.text(3)) == "3"
        assert finish(chain.session.text(2.5)) == "2.5"
        assert finish(chain.session.text(None)) == "null"

    @pytest.mark.parametrize("source", ["true", "1", "'0'", "[]", "({})"])
    def test_truthy_values(self, chain: Chain, source: str) -> None:
        """ToBoolean: objects and strings that are not empty."""
        assert chain.session.truth(chain.run(source)) is True

    @pytest.mark.parametrize("source", ["false", "0", "''", "null", "undefined", "0/0"])
    def test_falsy_values(self, chain: Chain, source: str) -> None:
        """ToBoolean: nothing, in all its forms."""
        assert chain.session.truth(chain.run(source)) is False

    def test_export_copies(self, chain: Chain) -> None:
        """Undefined, functions and numbers that JSON does not have become null."""
        exported = chain.export("var o = {a: [1, 'x', null, undefined], f: function () {}, n: 0 / 0}; o")
        assert exported == {"a": [1, "x", None, None], "f": None, "n": None}
        assert isinstance(exported, dict)
        exported["a"] = 0
        assert chain.run("o.a.length") == 4

    def test_export_shares_but_does_not_cycle(self, chain: Chain) -> None:
        """The same object twice is two copies; an object within itself is an error."""
        assert chain.export("var p = {q: 1}; [p, p]") == [{"q": 1}, {"q": 1}]
        chain.run("p.self = p")
        with pytest.raises(ScriptError):
            chain.export("p")

    def test_snapshot_shows_one_scope(self, chain: Chain) -> None:
        """The variables of exactly this scope, safe to write as JSON."""
        chain.session.declare(chain.document, "outer", 1)
        chain.run("var a = 1, b = {c: [true]}, d", chain.dialog)
        snapshot = chain.session.snapshot(chain.dialog)
        assert dict(snapshot) == {"a": 1, "b": {"c": [True]}, "d": None}

    def test_snapshot_runs_no_script_and_is_bounded(self, chain: Chain) -> None:
        """Getters are not called, cycles and sizes do no harm."""
        chain.session.declare(chain.document, "touched", False)
        chain.run("var o = {get x() { touched = true; return 1 }}; o.o = o; var big = [];", chain.dialog)
        chain.run("for (var i = 0; i < 5000; i++) big.push('element ' + i)")
        snapshot: Mapping[str, Json] = chain.session.snapshot(chain.dialog)
        assert len(repr(dict(snapshot))) < 100_000
        assert chain.run("touched") is False

    def test_a_long_script_lets_others_run(self, script_engine: ScriptEngine) -> None:
        """It yields now and then; between, other sessions work."""
        one, other = Chain(script_engine.session()), Chain(script_engine.session())
        work = one.session.evaluate("var n = 0; for (var i = 0; i < 30000; i++) { n += i } n", one.anonymous)
        turns = 0
        while True:
            try:
                next(work)
            except StopIteration as stop:
                result = stop.value
                break
            turns += 1
            assert other.run("1 + 1") == 2
        assert result == 30000 * 29999 / 2
        assert turns > 2

    def test_scopes_can_be_written_while_a_script_waits(self, chain: Chain) -> None:
        """A notice of the host reaches a script between two slices of work."""
        chain.session.set_path(chain.outer, "flag", False)
        work = chain.session.evaluate("while (!session.flag) {} 'seen'", chain.anonymous)
        next(work)
        chain.session.set_path(chain.outer, "flag", True)
        assert finish(work) == "seen"

    def test_an_endless_script_meets_a_limit(self, chain: Chain) -> None:
        """And the session goes on."""
        chain.session.declare(chain.dialog, "x", 1)
        with pytest.raises(ScriptLimit):
            chain.run(self.ENDLESS)
        assert chain.run("x + 1") == 2

    @pytest.mark.parametrize(
        "source",
        [
            "try { for(;;){} } catch (e) { seen = true } finally { seen = true }",
            "for(;;) { try { for(;;){} } finally { continue } }",
            "[1, 2].sort(function () { try { for(;;){} } catch (e) { seen = true } })",
            "try { [1].forEach(function () { for(;;){} }) } catch (e) { seen = true }",
            "'a'.replace('a', function () { try { for(;;){} } finally { seen = true } })",
            "var o = {get x() { try { for(;;){} } catch (e) { seen = true } }}; o.x",
            "String({toString: function () { for(;;){} }})",
        ],
    )
    def test_no_script_catches_a_limit(self, chain: Chain, source: str) -> None:
        """Neither `catch` nor `finally`, nor a callback within."""
        chain.session.declare(chain.document, "seen", False)
        with pytest.raises(ScriptLimit):
            chain.run(source)
        assert chain.run("seen") is False

    def test_endless_recursion_meets_a_limit(self, chain: Chain) -> None:
        """Whichever of the two errors the engine chooses."""
        with pytest.raises((ScriptLimit, ScriptError)):
            chain.run("function f() { return f() + 1 } f()")
        assert chain.run("1") == 1

    def test_sessions_share_nothing(self, script_engine: ScriptEngine) -> None:
        """What one does to its built-ins the other does not see."""
        one, other = Chain(script_engine.session()), Chain(script_engine.session())
        one.run(
            "Array.prototype.extra = 1; Object.prototype.extra = 2; String.prototype.trim = null;"
            "Math.PI2 = 7; JSON.parse = null; Date.now = null; delete Array.prototype.push; RegExp.extra = 1"
        )
        assert other.export(
            "[typeof [].extra, typeof ({}).extra, ' a '.trim(), typeof Math.PI2, typeof JSON.parse,"
            " typeof Date.now, typeof [].push, typeof RegExp.extra]"
        ) == ["undefined", "undefined", "a", "undefined", "function", "function", "function", "undefined"]

    def test_a_handle_of_another_session_is_refused(self, script_engine: ScriptEngine) -> None:
        """It is valid in its own session only."""
        one, other = Chain(script_engine.session()), Chain(script_engine.session())
        handle = one.run("({})")
        with pytest.raises(ScriptError):
            other.session.declare(other.dialog, "x", handle)

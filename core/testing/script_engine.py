"""What every script engine must do: subclass `ScriptEngineContract` and give it your engine.

class TestMyEngine(ScriptEngineContract):
    def engine(self):
        return MyEngine()
"""

from collections.abc import Mapping
from typing import cast

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.core.testing.script_variables import ScriptVariablesContract
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


class ScriptEngineContract(ScriptVariablesContract):
    """The promises of vxml_interpreter.script, one test each."""

    ENDLESS = "for(;;){}"

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

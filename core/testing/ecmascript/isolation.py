"""What sessions have of one another: nothing."""

from collections.abc import Callable

import pytest

from mirabelle.core.testing.ecmascript.contract import ScriptContract
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import ScriptEngine, ScriptError, ScriptLimit, finish

SPOILING = """
    var values = [{}, [], function () {}, 'x', 1, true, /x/, new Date(0), new Error, new TypeError, given, given.list,
        session, dialog, arguments_of(1), Math, JSON];
    function arguments_of() { return arguments }
    try { null.x } catch (e) { values.push(e) }
    values.forEach(function (value) {
        for (var o = Object.getPrototypeOf(Object(value)); o; o = Object.getPrototypeOf(o)) o.spoiled = 1;
        if (Object.isExtensible(Object(value)) && value !== session) value.spoiled = 1;
        if (value.constructor) value.constructor.spoiled = 1;
    });
"""
SPOILED = """
    var found = [], values = [{}, [], function () {}, 'x', 1, true, /x/, new Date(0), new Error, new TypeError, given,
        given.list, session, Math, JSON, Object, Array, Function, Date, RegExp, Error];
    try { null.x } catch (e) { values.push(e) }
    values.forEach(function (value, index) { if (value.spoiled !== undefined) found.push(index) });
    found
"""


class ScriptIsolationContract(ScriptContract):
    """Sessions of one engine, and of one process."""

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

    def test_a_handle_of_another_session_is_of_no_use_anywhere(self, script_engine: ScriptEngine) -> None:
        """Nor is it text, true, or copied."""
        one, other = Chain(script_engine.session()), Chain(script_engine.session())
        handle = one.run("({a: 1})")
        other.session.declare(other.dialog, "x", 1)
        uses: tuple[Callable[[], object], ...] = (
            lambda: other.assign("x", handle),
            lambda: finish(other.session.text(handle)),
            lambda: finish(other.session.export(handle)),
            lambda: other.session.truth(handle),
        )
        for use in uses:
            with pytest.raises(ScriptError):
                use()
        assert one.session.truth(handle) is True

    def test_the_same_source_in_two_sessions_shares_nothing(self, script_engine: ScriptEngine) -> None:
        """Also where an engine keeps what it has compiled: regular expressions, functions, literals."""
        source = """
            function f() { f.count = (f.count || 0) + 1; return f.count }
            var r = /a/g, list = [], o = {}, s = 'text';
            r.extra = list.extra = o.extra = f.extra = s.extra;
            list.push(1); r.test('aa'); f();
            function literals() { return [/a/g.lastIndex, [].length, typeof {}.extra, typeof /a/.extra] }
            [f(), r.lastIndex, list.length, literals()]
        """
        for _ in range(3):
            chain = Chain(script_engine.session())
            assert chain.export(source) == [2, 1, 1, [0, 0, "undefined", "undefined"]]

    def test_prototypes_that_one_session_spoils(self, script_engine: ScriptEngine) -> None:
        """Everything that can be reached from a literal, an error or a value of the host is its own."""
        one, other = Chain(script_engine.session()), Chain(script_engine.session())
        one.session.declare(one.dialog, "given", {"list": [1]})
        one.run(SPOILING)
        other.session.declare(other.dialog, "given", {"list": [1]})
        assert other.export(SPOILED) == []
        assert one.export(SPOILED) != []

    def test_a_limit_in_one_session_leaves_others_alone(self, script_engine: ScriptEngine) -> None:
        """Work, memory and depth are each session's own."""
        one, other = Chain(script_engine.session()), Chain(script_engine.session())
        other.run("var kept = [1, 2, 3]", other.document)
        for source in ("for (;;) {}", "var a = []; for (;;) a.push(a.length + 'x')", "(function f() { f() })()"):
            with pytest.raises((ScriptLimit, ScriptError)):
                one.run(source)
            assert other.run("kept.join()") == "1,2,3"

    def test_many_sessions_at_once(self, script_engine: ScriptEngine) -> None:
        """Each has its own answer, in whatever order they are asked."""
        chains = [Chain(script_engine.session()) for _ in range(20)]
        for number, chain in enumerate(chains):
            chain.session.declare(chain.document, "n", number)
            chain.run("var seen = []; function note() { seen.push(n); return seen.length }", chain.document)
        for turn in range(3):
            for chain in reversed(chains):
                assert chain.run("note()") == turn + 1
        assert [chain.export("seen") for chain in chains] == [[number] * 3 for number in range(20)]

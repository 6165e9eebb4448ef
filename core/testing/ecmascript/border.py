"""What crosses between a session and its host."""

from collections.abc import Mapping
from typing import cast

import pytest

from mirabelle.core.testing.ecmascript.contract import ScriptContract
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import UNDEFINED, Handle, Json, ScriptError, Value, finish


class ScriptBorderContract(ScriptContract):
    """Primitives, handles, text, truth, copies."""

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

"""Declaring, reading and writing variables."""

import pytest

from mirabelle.core.testing.ecmascript.contract import ScriptContract
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import UNDEFINED, ScriptEngine, ScriptError, finish


class ScriptVariablesContract(ScriptContract):
    """VoiceXML 2.0, 5.1 and 5.3."""

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

    def test_a_variable_can_be_read_without_a_script(self, chain: Chain) -> None:
        """It is what evaluating its name gives, objects included."""
        chain.run("var text = 'a', whole = 1, half = 0.5, no = false, nothing = null, unset, o = {p: 1}", chain.dialog)
        for name in ("text", "whole", "half", "no", "nothing", "unset", "o"):
            assert chain.session.value(chain.dialog, name) == chain.run(name)
        chain.run("whole = 2")
        assert chain.session.value(chain.dialog, "whole") == 2

    def test_a_variable_is_read_from_exactly_one_scope(self, chain: Chain) -> None:
        """Neither an outer scope's, nor the scope's own name, nor what objects inherit."""
        chain.session.declare(chain.document, "x", 1)
        chain.session.declare(chain.dialog, "x", 2)
        assert (chain.session.value(chain.document, "x"), chain.session.value(chain.dialog, "x")) == (1, 2)
        for scope, name in ((chain.anonymous, "x"), (chain.dialog, "dialog"), (chain.dialog, "toString")):
            with pytest.raises(ScriptError) as caught:
                chain.session.value(scope, name)
            assert caught.value.name == "ReferenceError"

    def test_reading_a_variable_runs_no_script(self, chain: Chain) -> None:
        """A getter is refused, not called."""
        chain.session.declare(chain.document, "touched", False)
        chain.run("Object.defineProperty(dialog, 'x', {get: function () { touched = true; return 1 }})")
        with pytest.raises(ScriptError) as caught:
            chain.session.value(chain.dialog, "x")
        assert caught.value.name == "TypeError"
        assert chain.run("touched") is False

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

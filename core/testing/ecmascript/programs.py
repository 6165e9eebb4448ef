"""What is evaluated, and how it fails."""

import pytest

from mirabelle.core.testing.ecmascript.contract import ScriptContract
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import ScriptEngine, ScriptError


class ScriptProgramsContract(ScriptContract):
    """VoiceXML 2.0, 5.1.1 and 5.2.6."""

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

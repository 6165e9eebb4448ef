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

    @pytest.mark.parametrize(
        ("source", "line"),
        [
            ("nowhere", 1),
            ("var a;\n\na = null.x", 3),
            ("1;\nthrow new Error('x')", 2),
            ("var o = {};\no.p = 1;\no.f();\nvar b", 3),
            ("function f() {\n  null.x\n}\nf()", 2),
            ("[1].forEach(function () {\n  undefined.y\n})", 2),
            ("try {\n  null.x\n} finally {\n  1\n}", 2),
            ("try {\n  null.x\n} catch (e) {\n  nowhere\n}", 4),
            ("1;\neval('1 +')", 2),
            ("1;\n\neval('1;\\n1;\\n1;\\nnull.x')", 3),
        ],
    )
    def test_an_error_has_the_line_where_it_was_thrown(self, chain: Chain, source: str, line: int) -> None:
        """Of the source that was evaluated, however it was reached."""
        assert chain.refused(source).line == line

    def test_an_error_in_another_source_has_the_line_of_the_call(self, chain: Chain) -> None:
        """A function's own lines are those of another script."""
        chain.run("function f() {\n\n\n\n\n  null.x\n}", chain.document)
        assert chain.refused("1;\nf()").line == 2
        assert chain.refused("f()").line == 1

    @pytest.mark.parametrize(
        ("source", "line"),
        [
            ("var 1a", 1),
            ("var a;\n\n  a b", 3),
            ("f(\n  1,\n  ]\n)", 3),
            ("'open\n", 1),
            ("a = {\n  b: 1\n  c: 2\n}", 3),
            ("1;\n\n@", 3),
            ("\n\n\nbreak", 4),
        ],
    )
    def test_a_source_that_cannot_be_parsed_has_the_line_of_the_mistake(
        self, script_engine: ScriptEngine, source: str, line: int
    ) -> None:
        """Evaluated or only checked."""
        with pytest.raises(ScriptError) as caught:
            script_engine.check(source)
        assert (caught.value.name, caught.value.line) == ("SyntaxError", line)
        assert Chain(script_engine.session()).refused(source).line == line

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

"""How long a script may go on."""

import pytest

from mirabelle.core.testing.ecmascript.contract import ScriptContract
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import ScriptEngine, ScriptError, ScriptLimit, finish


class ScriptWorkContract(ScriptContract):
    """Slices of work, and limits that nothing in a script sees."""

    ENDLESS = "for(;;){}"
    LONG = 30_000
    """Turns of a loop that take several slices of work."""

    def test_a_long_script_lets_others_run(self, script_engine: ScriptEngine) -> None:
        """It yields now and then; between, other sessions work."""
        one, other = Chain(script_engine.session()), Chain(script_engine.session())
        work = one.session.evaluate(f"var n = 0; for (var i = 0; i < {self.LONG}; i++) {{ n += i }} n", one.anonymous)
        turns = 0
        while True:
            try:
                next(work)
            except StopIteration as stop:
                result = stop.value
                break
            turns += 1
            assert other.run("1 + 1") == 2
        assert result == self.LONG * (self.LONG - 1) / 2
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

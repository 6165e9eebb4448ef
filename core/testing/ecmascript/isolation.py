"""What sessions have of one another: nothing."""

import pytest

from mirabelle.core.testing.ecmascript.contract import ScriptContract
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import ScriptEngine, ScriptError


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

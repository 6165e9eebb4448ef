"""What an engine must survive: the scripts of `attacks`."""

from collections.abc import Callable

import pytest

from mirabelle.core.testing.ecmascript.attacks import AMPLE, ENDLESS, HEAVY, SOURCES
from mirabelle.core.testing.ecmascript.contract import ScriptContract
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import ScriptEngine, ScriptError, ScriptLimit


def _told(attempt: Callable[[], object]) -> str:
    """What the host hears of what goes wrong; nothing where nothing does."""
    try:
        attempt()
    except (ScriptError, ScriptLimit) as stopped:
        return str(stopped)
    return ""


class ScriptDefenceContract(ScriptContract):
    """Each attack meets a limit or ends, in bounded time and memory, and the others do not notice."""

    def attacked_engine(self) -> ScriptEngine:
        """The engine that is attacked. With tighter limits than others have, the tests take less time."""
        return self.engine()

    @pytest.fixture
    def attacked(self) -> ScriptEngine:
        """The engine of one attack; overridden, like `script_engine`, where it has to be closed."""
        return self.attacked_engine()

    @pytest.mark.parametrize("attack", ENDLESS)
    def test_what_does_not_end_is_stopped(self, attacked: ScriptEngine, attack: str) -> None:
        """And its session goes on as if nothing had been."""
        chain = Chain(attacked.session())
        chain.session.declare(chain.document, "kept", 20)
        with pytest.raises((ScriptLimit, ScriptError)):
            chain.run(ENDLESS[attack])
        assert chain.run("[kept + 1, 'still here'].join(' ')") == "21 still here"

    @pytest.mark.parametrize("attack", HEAVY)
    def test_built_in_functions_that_take_too_long_are_stopped(self, attacked: ScriptEngine, attack: str) -> None:
        """That may take the session with it, but not the engine."""
        with pytest.raises((ScriptLimit, ScriptError)):
            Chain(attacked.session()).run(HEAVY[attack])
        self._is_well(attacked)

    @pytest.mark.parametrize("attack", AMPLE)
    def test_what_is_much_ends_or_is_stopped(self, attacked: ScriptEngine, attack: str) -> None:
        """Either, but soon."""
        self._survives(attacked, AMPLE[attack])

    @pytest.mark.parametrize("attack", SOURCES)
    def test_sources_that_nobody_would_write(self, attacked: ScriptEngine, attack: str) -> None:
        """Parsed or refused."""
        self._survives(attacked, SOURCES[attack])
        assert len(_told(lambda: attacked.check(SOURCES[attack]))) < 2000

    def _survives(self, engine: ScriptEngine, source: str) -> None:
        assert len(_told(lambda: Chain(engine.session()).run(source))) < 2000
        self._is_well(engine)

    @staticmethod
    def _is_well(engine: ScriptEngine) -> None:
        assert Chain(engine.session()).run("[20 + 1, 'still here'].join(' ')") == "21 still here"

"""What the parts of the script engines' contract have in common: the engine that is tested."""

from abc import ABC, abstractmethod

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import ScriptEngine


class ScriptContract(ABC):
    """Tests of one engine. An engine that has to be closed overrides the fixture `script_engine`."""

    """Declaring, reading and writing variables: VoiceXML 2.0, 5.1 and 5.3."""

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

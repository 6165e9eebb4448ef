"""What every script engine must do: subclass `ScriptEngineContract` and give it your engine.

class TestMyEngine(ScriptEngineContract):
    def engine(self):
        return MyEngine()
"""

from mirabelle.core.testing.ecmascript.border import ScriptBorderContract
from mirabelle.core.testing.ecmascript.data import ScriptDataContract
from mirabelle.core.testing.ecmascript.defence import ScriptDefenceContract
from mirabelle.core.testing.ecmascript.edition import ScriptLanguageContract
from mirabelle.core.testing.ecmascript.escapes import ScriptEscapesContract
from mirabelle.core.testing.ecmascript.isolation import ScriptIsolationContract
from mirabelle.core.testing.ecmascript.json_values import ScriptJsonContract
from mirabelle.core.testing.ecmascript.programs import ScriptProgramsContract
from mirabelle.core.testing.ecmascript.read_only import ScriptReadOnlyContract
from mirabelle.core.testing.ecmascript.variables import ScriptVariablesContract
from mirabelle.core.testing.ecmascript.work import ScriptWorkContract

__all__ = ["ScriptEngineContract"]


class ScriptEngineContract(
    ScriptVariablesContract,
    ScriptReadOnlyContract,
    ScriptBorderContract,
    ScriptJsonContract,
    ScriptProgramsContract,
    ScriptWorkContract,
    ScriptIsolationContract,
    ScriptEscapesContract,
    ScriptDefenceContract,
    ScriptLanguageContract,
    ScriptDataContract,
):
    """The promises of vxml_interpreter.script, one test each."""

"""The instruction set: js2py's, and in their place those of ours."""

from typing import Any, Final

from mirabelle.plugins.ecmascript_js2py.instructions import blocks, calls, literals, members, operators, variables
from mirabelle.plugins.ecmascript_js2py.internals import OP_CODES

INSTRUCTIONS: Final[dict[str, Any]] = {
    **OP_CODES,
    **operators.INSTRUCTIONS,
    **variables.INSTRUCTIONS,
    **members.INSTRUCTIONS,
    **literals.INSTRUCTIONS,
    **calls.INSTRUCTIONS,
    **blocks.INSTRUCTIONS,
}

"""The script engine `js2py`: ECMAScript 5.1 on js2py's bytecode VM, without js2py's translator.

Some functions of later editions are there too (`includes`, `startsWith`, `padStart`, `find`, `Object.assign` ...);
their syntax (`let`, `const`, `=>`, classes, templates) is not, and is reported as a SyntaxError that says so.
"""

from mirabelle import hookimpl
from mirabelle.plugins.ecmascript_js2py.engine import Js2pyEngine
from mirabelle.plugins.ecmascript_js2py.limits import Options

__all__ = ["Js2pyEngine", "Options", "register_ecmascript_engines"]


@hookimpl
def register_ecmascript_engines() -> list[type[Js2pyEngine]]:
    """Offer the engine."""
    return [Js2pyEngine]

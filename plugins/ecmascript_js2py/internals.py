"""What we use of js2py's bytecode VM, by name.

A value of ECMAScript is a Python `str`, `float` or `bool`, `undefined`, `null`, or an object of a class below
`PyJs`. An `int` is none. `own` of an object is its property table: name to a dict, which is the descriptor.
"""

from typing import Any, Final, NoReturn

from mirabelle.plugins.ecmascript_js2py.loading import load

JsValue = Any
Arguments = tuple[JsValue, ...]

_loaded = load()

parser: Any = _loaded.parser
PyJsParser: Any = parser.PyJsParser
Ecma51NotSupported: Any = _loaded.nodes.Ecma51NotSupported
BaseNode: Any = _loaded.nodes.BaseNode
ByteCodeGenerator: Any = _loaded.byte_trans.ByteCodeGenerator
OP_CODES: Final[dict[str, Any]] = dict(_loaded.opcodes.OP_CODES)
opcodes: Any = _loaded.opcodes

PyJs: Any = _loaded.base.PyJs
PyJsObject: Any = _loaded.base.PyJsObject
PyJsArray: Any = _loaded.base.PyJsArray
PyJsDate: Any = _loaded.base.PyJsDate
PyJsError: Any = _loaded.base.PyJsError
PyJsFunction: Any = _loaded.base.PyJsFunction
get_member: Any = _loaded.base.get_member
get_member_dot: Any = _loaded.base.get_member_dot

JsException: Any = _loaded.simplex.JsException
undefined: Final[JsValue] = _loaded.simplex.undefined
null: Final[JsValue] = _loaded.simplex.null
PRIMITIVES: Final[frozenset[type]] = _loaded.simplex.PRIMITIVES
INFINITY: Final = float("inf")
NAN: Final = float("nan")

# What a defect of the VM raises; it reaches the script as a TypeError, never the call as a crash.
DEFECTS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


class ThrownError(JsException):
    """An ECMAScript exception that is an error object, made when somebody looks at it."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(name, message)


class DefectFound(ThrownError):
    """Something in the engine went wrong; the script sees a TypeError and may catch it."""

    def __init__(self, defect: Exception) -> None:
        super().__init__("TypeError", f"{type(defect).__name__} in the engine: {defect}")


def throw(name: str, message: str) -> NoReturn:
    """Raise the ECMAScript error of that name."""
    raise ThrownError(name, message)


def data(
    value: JsValue, *, writable: bool = True, enumerable: bool = True, configurable: bool = True
) -> dict[str, Any]:
    """The descriptor of a data property: ECMAScript 5.1, 8.10."""
    return {"value": value, "writable": writable, "enumerable": enumerable, "configurable": configurable}


def hidden(value: JsValue) -> dict[str, Any]:
    """The descriptor that methods of built-ins have: not enumerable."""
    return data(value, enumerable=False)


def constant(value: JsValue) -> dict[str, Any]:
    """The descriptor that constants of built-ins have."""
    return data(value, writable=False, enumerable=False, configurable=False)

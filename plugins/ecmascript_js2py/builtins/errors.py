"""Errors: ECMAScript 5.1, 15.11."""

from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.conversions import is_object, to_string
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import Arguments, JsValue, hidden, throw, undefined
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

NAMES: Final = ("Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError")


def constructor(name: str) -> Method:
    """`new RangeError(message)`, and the same without `new`."""

    def construct(space: "Space", arguments: Arguments) -> JsValue:
        message = arguments[0] if arguments else undefined
        return space.make_error(name, None if message is undefined else to_string(message))

    def call(space: "Space", this: JsValue, message: JsValue = undefined) -> JsValue:
        return construct(space, (message,))

    return Method(call, 1, construct)


def to_text(space: "Space", this: JsValue) -> str:
    """15.11.4.4."""
    if not is_object(this):
        throw("TypeError", "Error.prototype.toString was called on something that is no object")
    name, message = this.get("name"), this.get("message")
    name = "Error" if name is undefined else to_string(name)
    message = "" if message is undefined else to_string(message)
    return f"{name}: {message}" if name and message else name or message


def prototype(name: str) -> Table:
    """The members of its prototype."""
    members: Table = {"name": lambda space: hidden(name), "message": lambda space: hidden("")}
    return {**members, "toString": Method(to_text)} if name == "Error" else members

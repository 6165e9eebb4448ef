"""Boolean: ECMAScript 5.1, 15.6."""

from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.conversions import class_of, is_object, to_boolean, to_string
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import Arguments, JsValue, throw, undefined
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space


def _convert(space: "Space", this: JsValue, value: JsValue = undefined) -> bool:
    return to_boolean(value)


def _construct(space: "Space", arguments: Arguments) -> JsValue:
    return space.wrap(to_boolean(arguments[0] if arguments else undefined))


def value_of(space: "Space", this: JsValue) -> bool:
    """15.6.4.3."""
    if class_of(this) != "Boolean":
        throw("TypeError", "a method of booleans was called on something else")
    return bool(this.value if is_object(this) else this)


def to_text(space: "Space", this: JsValue) -> str:
    """15.6.4.2."""
    return to_string(value_of(space, this))


CONSTRUCTOR: Final = Method(_convert, 1, _construct)
METHODS: Final[Table] = {"toString": Method(to_text), "valueOf": Method(value_of)}

"""Object and its prototype: ECMAScript 5.1, 15.2."""

from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.conversions import class_of, is_callable, is_object, property_key, to_object
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import Arguments, JsValue, throw, undefined
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space


def convert(space: "Space", this: JsValue, value: JsValue = undefined) -> JsValue:
    """`Object(value)`: 15.2.1."""
    return space.make_object() if space.is_nothing(value) else to_object(value, space)


def _construct(space: "Space", arguments: Arguments) -> JsValue:
    return convert(space, undefined, *arguments[:1])


def to_text(space: "Space", this: JsValue) -> str:
    """15.2.4.2."""
    return f"[object {class_of(this)}]"


def to_locale_text(space: "Space", this: JsValue) -> JsValue:
    """15.2.4.3."""
    method = to_object(this, space).get("toString")
    if not is_callable(method):
        throw("TypeError", "toString is not a function")
    return method.call(this, ())


def value_of(space: "Space", this: JsValue) -> JsValue:
    """15.2.4.4."""
    return to_object(this, space)


def has_own_property(space: "Space", this: JsValue, name: JsValue = undefined) -> bool:
    """15.2.4.5."""
    key = property_key(name)
    return to_object(this, space).get_own_property(key) is not None


def is_prototype_of(space: "Space", this: JsValue, other: JsValue = undefined) -> bool:
    """15.2.4.6."""
    if not is_object(other):
        return False
    sought, ancestor = to_object(this, space), other.prototype
    while ancestor is not None and ancestor is not sought:
        ancestor = ancestor.prototype
    return ancestor is not None


def property_is_enumerable(space: "Space", this: JsValue, name: JsValue = undefined) -> bool:
    """15.2.4.7."""
    key = property_key(name)
    found = to_object(this, space).get_own_property(key)
    return found is not None and bool(found["enumerable"])


CONSTRUCTOR: Final = Method(convert, 1, _construct)
METHODS: Final[Table] = {
    "toString": Method(to_text),
    "toLocaleString": Method(to_locale_text),
    "valueOf": Method(value_of),
    "hasOwnProperty": Method(has_own_property),
    "isPrototypeOf": Method(is_prototype_of),
    "propertyIsEnumerable": Method(property_is_enumerable),
}

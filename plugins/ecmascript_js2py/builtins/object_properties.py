"""The functions of Object: ECMAScript 5.1, 15.2.3."""

from typing import TYPE_CHECKING, Any, Final

from mirabelle.plugins.ecmascript_js2py.conversions import is_callable, is_object, property_key, to_boolean, to_object
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, null, throw, undefined
from mirabelle.plugins.ecmascript_js2py.limits import ELEMENT
from mirabelle.plugins.ecmascript_js2py.memory import OBJECT, PROPERTY
from mirabelle.plugins.ecmascript_js2py.objects import Descriptor, JsObject
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

FLAGS: Final = ("enumerable", "configurable", "writable")


def _object(value: JsValue) -> JsObject:
    if not is_object(value):
        throw("TypeError", "a function of Object was called on something that is no object")
    found: JsObject = value
    return found


def get_prototype_of(space: "Space", this: JsValue, value: JsValue = undefined) -> JsValue:
    """15.2.3.2."""
    prototype = _object(value).prototype
    return null if prototype is None else prototype


def to_descriptor(value: JsValue) -> Descriptor:
    """8.10.5."""
    source = _object(value)
    found: dict[str, Any] = {flag: to_boolean(source.get(flag)) for flag in FLAGS if source.has_property(flag)}
    found |= {part: source.get(part) for part in ("value", "get", "set") if source.has_property(part)}
    for part in ("get", "set"):
        if part in found and found[part] is not undefined and not is_callable(found[part]):
            throw("TypeError", f"{part} of a property is not a function")
    if ("get" in found or "set" in found) and ("value" in found or "writable" in found):
        throw("TypeError", "a property has either a value or get and set")
    return found


def from_descriptor(found: Descriptor | None, space: "Space") -> JsValue:
    """8.10.4."""
    if found is None:
        return undefined
    made = space.make_object()
    for part, value in found.items():
        made.put(part, value)
    return made


def get_own_property_descriptor(
    space: "Space", this: JsValue, value: JsValue = undefined, name: JsValue = undefined
) -> JsValue:
    """15.2.3.3."""
    return from_descriptor(_object(value).get_own_property(property_key(name)), space)


def get_own_property_names(space: "Space", this: JsValue, value: JsValue = undefined) -> JsValue:
    """15.2.3.4."""
    return space.make_array(space.names_of(_object(value), enumerable=False))


def keys(space: "Space", this: JsValue, value: JsValue = undefined) -> JsValue:
    """15.2.3.14; of a primitive too, as ECMAScript 2015 has it."""
    return space.make_array(space.names_of(to_object(value, space)))


def values(space: "Space", this: JsValue, value: JsValue = undefined) -> JsValue:
    """ECMAScript 2017."""
    holder = to_object(value, space)
    return space.make_array([holder.get(key) for key in space.names_of(holder)])


def entries(space: "Space", this: JsValue, value: JsValue = undefined) -> JsValue:
    """ECMAScript 2017."""
    holder = to_object(value, space)
    return space.make_array([space.make_array([key, holder.get(key)]) for key in space.names_of(holder)])


def assign(space: "Space", this: JsValue, target: JsValue = undefined, *sources: JsValue) -> JsValue:
    """ECMAScript 2015."""
    holder = to_object(target, space)
    for source in sources:
        if not space.is_nothing(source):
            given = to_object(source, space)
            names = space.names_of(given)
            space.machine.meter.charge_array(len(names))
            space.memory.made(PROPERTY * len(names))
            for name in names:
                holder.put(name, given.get(name), True)
    return holder


def define_property(
    space: "Space",
    this: JsValue,
    value: JsValue = undefined,
    name: JsValue = undefined,
    attributes: JsValue = undefined,
) -> JsValue:
    """15.2.3.6."""
    holder = _object(value)
    key = property_key(name)
    space.memory.made(PROPERTY)
    holder.define_own_property(key, to_descriptor(attributes), True)
    return holder


def define_properties(
    space: "Space", this: JsValue, value: JsValue = undefined, properties: JsValue = undefined
) -> JsValue:
    """15.2.3.7: all descriptors are read before the first property is defined."""
    holder, given = _object(value), to_object(properties, space)
    names = space.names_of(given)
    space.machine.meter.charge_array(len(names) * ELEMENT)
    space.memory.made(PROPERTY * len(names))
    for name, descriptor in [(name, to_descriptor(given.get(name))) for name in names]:
        holder.define_own_property(name, descriptor, True)
    return holder


def create(space: "Space", this: JsValue, prototype: JsValue = undefined, properties: JsValue = undefined) -> JsValue:
    """15.2.3.5."""
    if not (is_object(prototype) or prototype is null):
        throw("TypeError", "a prototype is an object or null")
    made = JsObject(None) if prototype is null else space.make_below(prototype)
    space.memory.made(OBJECT)
    return made if properties is undefined else define_properties(space, this, made, properties)


def _lock(space: "Space", value: JsValue, **changes: bool) -> JsValue:
    holder = _object(value)
    space.machine.meter.charge(ELEMENT * space.size_of(holder))
    for name in holder.names():
        found = holder.own.get(name)
        if found is not None:
            found.update((part, to) for part, to in changes.items() if part in found)
    holder.extensible = False
    return holder


def seal(space: "Space", this: JsValue, value: JsValue = undefined) -> JsValue:
    """15.2.3.8."""
    return _lock(space, value, configurable=False)


def freeze(space: "Space", this: JsValue, value: JsValue = undefined) -> JsValue:
    """15.2.3.9."""
    return _lock(space, value, configurable=False, writable=False)


def prevent_extensions(space: "Space", this: JsValue, value: JsValue = undefined) -> JsValue:
    """15.2.3.10."""
    holder = _object(value)
    holder.extensible = False
    return holder


def _is_locked(space: "Space", value: JsValue, *parts: str) -> bool:
    holder = _object(value)
    space.machine.meter.charge(ELEMENT * space.size_of(holder))
    return not holder.extensible and not any(found.get(part) for found in holder.own.values() for part in parts)


def is_sealed(space: "Space", this: JsValue, value: JsValue = undefined) -> bool:
    """15.2.3.11."""
    return _is_locked(space, value, "configurable")


def is_frozen(space: "Space", this: JsValue, value: JsValue = undefined) -> bool:
    """15.2.3.12."""
    return _is_locked(space, value, "configurable", "writable")


def is_extensible(space: "Space", this: JsValue, value: JsValue = undefined) -> bool:
    """15.2.3.13."""
    return bool(_object(value).extensible)


STATICS: Final[Table] = {
    "getPrototypeOf": Method(get_prototype_of),
    "getOwnPropertyDescriptor": Method(get_own_property_descriptor),
    "getOwnPropertyNames": Method(get_own_property_names),
    "keys": Method(keys),
    "values": Method(values),
    "entries": Method(entries),
    "assign": Method(assign, 2),
    "create": Method(create),
    "defineProperty": Method(define_property),
    "defineProperties": Method(define_properties),
    "seal": Method(seal),
    "freeze": Method(freeze),
    "preventExtensions": Method(prevent_extensions),
    "isSealed": Method(is_sealed),
    "isFrozen": Method(is_frozen),
    "isExtensible": Method(is_extensible),
}

"""Array: ECMAScript 5.1, 15.4. What calls back is in `array_callbacks`."""

from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.conversions import (
    class_of,
    is_callable,
    is_object,
    to_index,
    to_object,
    to_string,
    to_uint32,
)
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.instructions.operators import strictly_equal
from mirabelle.plugins.ecmascript_js2py.internals import Arguments, JsValue, throw, undefined
from mirabelle.plugins.ecmascript_js2py.memory import PROPERTY
from mirabelle.plugins.ecmascript_js2py.objects import JsArray
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space


def _construct(space: "Space", arguments: Arguments) -> JsValue:
    if len(arguments) == 1 and type(arguments[0]) is float:
        length = to_uint32(arguments[0])
        if length != arguments[0]:
            throw("RangeError", "invalid array length")
        return JsArray(length, space.ArrayPrototype)
    return space.make_array(arguments)


def _call(space: "Space", this: JsValue, *arguments: JsValue) -> JsValue:
    return _construct(space, arguments)


def is_array(space: "Space", this: JsValue, value: JsValue = undefined) -> bool:
    """15.4.3.2."""
    return class_of(value) == "Array"


def array_of(space: "Space", this: JsValue, *items: JsValue) -> JsValue:
    """ECMAScript 2015."""
    return space.make_array(items)


def relative(value: JsValue, length: int, default: int) -> int:
    """A position that counts from the end when it is negative, within 0 and `length`."""
    if value is undefined:
        return default
    index = to_index(value)
    return max(length + index, 0) if index < 0 else min(index, length)


def to_text(space: "Space", this: JsValue) -> JsValue:
    """15.4.4.2."""
    holder = to_object(this, space)
    method = holder.get("join")
    return method.call(holder, ()) if is_callable(method) else f"[object {class_of(holder)}]"


def _join(space: "Space", holder: JsValue, separator: str, localised: bool) -> str:
    length = space.length_of(holder)
    meter = space.machine.meter
    meter.check_string(len(separator) * max(0, length - 1))
    # An array within itself is empty text, as browsers have it.
    if any(holder is other for other in space.joining):
        return ""
    space.joining.append(holder)
    try:
        parts: list[str] = []
        size = 0
        for index in range(length):
            parts.append(_element_text(holder.get(str(index)), space, localised))
            size += len(parts[-1]) + len(separator)
            meter.check_string(size)
    finally:
        space.joining.pop()
    meter.charge(size >> 8)
    space.memory.made(size)
    return separator.join(parts)


def _element_text(value: JsValue, space: "Space", localised: bool) -> str:
    if space.is_nothing(value):
        return ""
    if not localised:
        return to_string(value)
    holder = to_object(value, space)
    method = holder.get("toLocaleString")
    if not is_callable(method):
        throw("TypeError", "toLocaleString is not a function")
    return to_string(method.call(holder, ()))


def join(space: "Space", this: JsValue, separator: JsValue = undefined) -> str:
    """15.4.4.5."""
    holder = to_object(this, space)
    return _join(space, holder, "," if separator is undefined else to_string(separator), localised=False)


def to_locale_text(space: "Space", this: JsValue) -> str:
    """15.4.4.3."""
    return _join(space, to_object(this, space), ",", localised=True)


def concat(space: "Space", this: JsValue, *items: JsValue) -> JsValue:
    """15.4.4.4."""
    elements: list[JsValue] = []
    for item in (to_object(this, space), *items):
        if is_object(item) and item.Class == "Array":
            elements.extend(_elements(item, range(space.length_of(item))))
        else:
            elements.append(item)
    return space.make_array(elements)


def _elements(holder: JsValue, indexes: range) -> list[JsValue]:
    """Elements with None for holes."""
    return [holder.get(key) if holder.has_property(key) else None for key in map(str, indexes)]


def pop(space: "Space", this: JsValue) -> JsValue:
    """15.4.4.6."""
    holder = to_object(this, space)
    length = to_uint32(holder.get("length"))
    if not length:
        holder.put("length", 0.0, True)
        return undefined
    key = str(length - 1)
    element = holder.get(key)
    holder.delete(key, True)
    holder.put("length", length - 1.0, True)
    return element


def push(space: "Space", this: JsValue, *items: JsValue) -> float:
    """15.4.4.7."""
    holder = to_object(this, space)
    length = to_uint32(holder.get("length"))
    space.memory.made(PROPERTY * len(items))
    for item in items:
        holder.put(str(length), item, True)
        length += 1
    holder.put("length", float(length), True)
    return float(length)


def _move(holder: JsValue, source: int, target: int) -> None:
    if holder.has_property(str(source)):
        holder.put(str(target), holder.get(str(source)), True)
    else:
        holder.delete(str(target), True)


def reverse(space: "Space", this: JsValue) -> JsValue:
    """15.4.4.8."""
    holder = to_object(this, space)
    length = space.length_of(holder)
    elements = _elements(holder, range(length))
    for index, element in enumerate(reversed(elements)):
        _place(holder, index, element)
    return holder


def _place(holder: JsValue, index: int, element: JsValue) -> None:
    if element is None:
        holder.delete(str(index), True)
    else:
        holder.put(str(index), element, True)


def shift(space: "Space", this: JsValue) -> JsValue:
    """15.4.4.9."""
    holder = to_object(this, space)
    length = space.length_of(holder)
    if not length:
        holder.put("length", 0.0, True)
        return undefined
    first = holder.get("0")
    for index in range(1, length):
        _move(holder, index, index - 1)
    holder.delete(str(length - 1), True)
    holder.put("length", length - 1.0, True)
    return first


def unshift(space: "Space", this: JsValue, *items: JsValue) -> float:
    """15.4.4.13."""
    holder = to_object(this, space)
    length = space.length_of(holder)
    if items:
        space.memory.made(PROPERTY * len(items))
        for index in reversed(range(length)):
            _move(holder, index, index + len(items))
        for index, item in enumerate(items):
            holder.put(str(index), item, True)
    holder.put("length", float(length + len(items)), True)
    return float(length + len(items))


def slice_elements(space: "Space", this: JsValue, start: JsValue = undefined, end: JsValue = undefined) -> JsValue:
    """15.4.4.10."""
    holder = to_object(this, space)
    length = to_uint32(holder.get("length"))
    indexes = range(relative(start, length, 0), relative(end, length, length))
    space.machine.meter.charge_array(len(indexes))
    return space.make_array(_elements(holder, indexes))


def splice(space: "Space", this: JsValue, *arguments: JsValue) -> JsValue:
    """15.4.4.12; with one argument it takes all that follows, as everywhere."""
    holder = to_object(this, space)
    length = space.length_of(holder)
    start = relative(arguments[0] if arguments else undefined, length, 0)
    count = length - start if len(arguments) == 1 else 0
    if len(arguments) > 1:
        count = min(max(to_index(arguments[1]), 0), length - start)
    items = arguments[2:]
    removed = space.make_array(_elements(holder, range(start, start + count)))
    space.memory.made(PROPERTY * len(items))
    shift_by = len(items) - count
    rest = range(start + count, length)
    for index in reversed(rest) if shift_by > 0 else rest:
        _move(holder, index, index + shift_by)
    for index in range(length - 1, length + shift_by - 1, -1):
        holder.delete(str(index), True)
    for index, item in enumerate(items, start):
        holder.put(str(index), item, True)
    holder.put("length", float(length + shift_by), True)
    return removed


def _start_search(space: "Space", holder: JsValue, sought: JsValue) -> int:
    length = space.length_of(holder)
    if type(sought) is str:
        space.machine.meter.charge(length * (len(sought) >> 10))
    return length


def index_of(space: "Space", this: JsValue, sought: JsValue = undefined, start: JsValue = undefined) -> float:
    """15.4.4.14."""
    holder = to_object(this, space)
    length = _start_search(space, holder, sought)
    for index in range(relative(start, length, 0), length):
        if holder.has_property(str(index)) and strictly_equal(holder.get(str(index)), sought):
            return float(index)
    return -1.0


def last_index_of(space: "Space", this: JsValue, *arguments: JsValue) -> float:
    """15.4.4.15."""
    holder = to_object(this, space)
    sought = arguments[0] if arguments else undefined
    length = _start_search(space, holder, sought)
    start = to_index(arguments[1]) if len(arguments) > 1 else length - 1
    start = min(start, length - 1) if start >= 0 else length + start
    for index in range(start, -1, -1):
        if holder.has_property(str(index)) and strictly_equal(holder.get(str(index)), sought):
            return float(index)
    return -1.0


def includes(space: "Space", this: JsValue, sought: JsValue = undefined, start: JsValue = undefined) -> bool:
    """ECMAScript 2016: NaN is found, holes are undefined."""
    holder = to_object(this, space)
    length = _start_search(space, holder, sought)
    for index in range(relative(start, length, 0), length):
        value = holder.get(str(index))
        if strictly_equal(value, sought) or (value != value and sought != sought):
            return True
    return False


def fill(
    space: "Space", this: JsValue, value: JsValue = undefined, start: JsValue = undefined, end: JsValue = undefined
) -> JsValue:
    """ECMAScript 2015."""
    holder = to_object(this, space)
    length = space.length_of(holder)
    indexes = range(relative(start, length, 0), relative(end, length, length))
    space.memory.made(PROPERTY * len(indexes))
    for index in indexes:
        holder.put(str(index), value, True)
    return holder


CONSTRUCTOR: Final = Method(_call, 1, _construct)
STATICS: Final[Table] = {"isArray": Method(is_array), "of": Method(array_of)}
METHODS: Final[Table] = {
    "toString": Method(to_text),
    "toLocaleString": Method(to_locale_text),
    "concat": Method(concat, 1),
    "join": Method(join),
    "pop": Method(pop),
    "push": Method(push, 1),
    "reverse": Method(reverse),
    "shift": Method(shift),
    "slice": Method(slice_elements),
    "splice": Method(splice, 2),
    "unshift": Method(unshift, 1),
    "indexOf": Method(index_of, 1),
    "lastIndexOf": Method(last_index_of, 1),
    "includes": Method(includes, 1),
    "fill": Method(fill, 1),
}

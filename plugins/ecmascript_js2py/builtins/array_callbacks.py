"""The methods of arrays that call back: ECMAScript 5.1, 15.4.4.11 and 15.4.4.16 to 22."""

from collections.abc import Iterable, Iterator
from functools import cmp_to_key
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.builtins.arrays import number_at
from mirabelle.plugins.ecmascript_js2py.conversions import is_callable, to_boolean, to_object, to_string
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, data, throw, undefined
from mirabelle.plugins.ecmascript_js2py.memory import PROPERTY
from mirabelle.plugins.ecmascript_js2py.objects import JsArray
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space


def _check(callback: JsValue) -> None:
    if not is_callable(callback):
        throw("TypeError", "the callback is not a function")


def _present(holder: JsValue, indexes: Iterable[int]) -> Iterator[tuple[int, JsValue]]:
    for index in indexes:
        if holder.has_property(str(index)):
            yield index, holder.get(str(index))


def _start(space: "Space", this: JsValue, callback: JsValue) -> tuple[JsValue, int]:
    holder = to_object(this, space)
    length = space.length_of(holder)
    _check(callback)
    return holder, length


def every(space: "Space", this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined) -> bool:
    """15.4.4.16."""
    holder, length = _start(space, this, callback)
    return all(
        to_boolean(callback.call(receiver, (value, float(index), holder)))
        for index, value in _present(holder, range(length))
    )


def some(space: "Space", this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined) -> bool:
    """15.4.4.17."""
    holder, length = _start(space, this, callback)
    return any(
        to_boolean(callback.call(receiver, (value, float(index), holder)))
        for index, value in _present(holder, range(length))
    )


def for_each(space: "Space", this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined) -> JsValue:
    """15.4.4.18."""
    holder, length = _start(space, this, callback)
    for index, value in _present(holder, range(length)):
        callback.call(receiver, (value, float(index), holder))
    return undefined


def map_elements(
    space: "Space", this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined
) -> JsValue:
    """15.4.4.19: holes stay holes."""
    holder, length = _start(space, this, callback)
    made = JsArray(length, space.ArrayPrototype)
    space.memory.made(PROPERTY * length)
    for index, value in _present(holder, range(length)):
        made.own[str(index)] = data(callback.call(receiver, (value, float(index), holder)))
    return made


def filter_elements(
    space: "Space", this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined
) -> JsValue:
    """15.4.4.20."""
    holder, length = _start(space, this, callback)
    return space.make_array(
        [
            value
            for index, value in _present(holder, range(length))
            if to_boolean(callback.call(receiver, (value, float(index), holder)))
        ]
    )


def _reduce(space: "Space", this: JsValue, arguments: tuple[JsValue, ...], backwards: bool) -> JsValue:
    callback = arguments[0] if arguments else undefined
    holder, length = _start(space, this, callback)
    elements = _present(holder, reversed(range(length)) if backwards else range(length))
    if len(arguments) > 1:
        result = arguments[1]
    else:
        first = next(elements, None)
        if first is None:
            throw("TypeError", "reduce of an empty array without a first value")
        result = first[1]
    for index, value in elements:
        result = callback.call(undefined, (result, value, float(index), holder))
    return result


def reduce(space: "Space", this: JsValue, *arguments: JsValue) -> JsValue:
    """15.4.4.21."""
    return _reduce(space, this, arguments, backwards=False)


def reduce_right(space: "Space", this: JsValue, *arguments: JsValue) -> JsValue:
    """15.4.4.22."""
    return _reduce(space, this, arguments, backwards=True)


def _first(space: "Space", this: JsValue, callback: JsValue, receiver: JsValue) -> tuple[int, JsValue]:
    holder, length = _start(space, this, callback)
    for index in range(length):
        value = holder.get(str(index))
        if to_boolean(callback.call(receiver, (value, float(index), holder))):
            return index, value
    return -1, undefined


def find(space: "Space", this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined) -> JsValue:
    """ECMAScript 2015."""
    return _first(space, this, callback, receiver)[1]


def find_index(space: "Space", this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined) -> float:
    """ECMAScript 2015."""
    return float(_first(space, this, callback, receiver)[0])


def sort(space: "Space", this: JsValue, comparison: JsValue = undefined) -> JsValue:
    """15.4.4.11: stable; undefined goes to the end, holes behind it."""
    if comparison is not undefined:
        _check(comparison)
    holder = to_object(this, space)
    length = space.length_of(holder)
    present = [value for _, value in _present(holder, range(length))]
    defined = [value for value in present if value is not undefined]
    if comparison is undefined:
        texts = [to_string(value) for value in defined]
        space.machine.meter.charge(sum(map(len, texts)) >> 5)
        defined = [value for _, value in sorted(zip(texts, defined, strict=True), key=itemgetter(0))]
    else:
        defined.sort(key=cmp_to_key(lambda left, right: _sign(number_at(comparison.call(undefined, (left, right))))))
    ordered = defined + [undefined] * (len(present) - len(defined))
    for index, value in enumerate(ordered):
        holder.put(str(index), value, True)
    for index in range(len(ordered), length):
        holder.delete(str(index), True)
    return holder


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


METHODS: Final[Table] = {
    "sort": Method(sort),
    "every": Method(every, 1),
    "some": Method(some, 1),
    "forEach": Method(for_each, 1),
    "map": Method(map_elements, 1),
    "filter": Method(filter_elements, 1),
    "reduce": Method(reduce, 1),
    "reduceRight": Method(reduce_right, 1),
    "find": Method(find, 1),
    "findIndex": Method(find_index, 1),
}

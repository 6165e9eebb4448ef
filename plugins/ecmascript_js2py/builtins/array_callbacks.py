"""The methods of arrays that call back: ECMAScript 5.1, 15.4.4.11 and 15.4.4.16 to 22."""

from collections.abc import Generator, Iterable, Iterator
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.conversions import is_callable, to_boolean, to_number, to_object, to_string
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, data, throw, undefined
from mirabelle.plugins.ecmascript_js2py.memory import PROPERTY
from mirabelle.plugins.ecmascript_js2py.objects import JsArray
from mirabelle.plugins.ecmascript_js2py.steps import Request, Steps
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


def every(
    space: "Space", held: list[JsValue], this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined
) -> Steps:
    """15.4.4.16."""
    holder, length = _start(space, this, callback)
    for index, value in _present(holder, range(length)):
        if not to_boolean((yield callback, receiver, (value, float(index), holder))):
            return False
    return True


def some(
    space: "Space", held: list[JsValue], this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined
) -> Steps:
    """15.4.4.17."""
    holder, length = _start(space, this, callback)
    for index, value in _present(holder, range(length)):
        if to_boolean((yield callback, receiver, (value, float(index), holder))):
            return True
    return False


def for_each(
    space: "Space", held: list[JsValue], this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined
) -> Steps:
    """15.4.4.18."""
    holder, length = _start(space, this, callback)
    for index, value in _present(holder, range(length)):
        yield callback, receiver, (value, float(index), holder)
    return undefined


def map_elements(
    space: "Space", held: list[JsValue], this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined
) -> Steps:
    """15.4.4.19: holes stay holes."""
    holder, length = _start(space, this, callback)
    made = JsArray(length, space.ArrayPrototype)
    held.append(made)
    space.memory.made(PROPERTY * length)
    for index, value in _present(holder, range(length)):
        made.own[str(index)] = data((yield callback, receiver, (value, float(index), holder)))
    return made


def filter_elements(
    space: "Space", held: list[JsValue], this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined
) -> Steps:
    """15.4.4.20."""
    holder, length = _start(space, this, callback)
    for index, value in _present(holder, range(length)):
        if to_boolean((yield callback, receiver, (value, float(index), holder))):
            held.append(value)
    return space.make_array(held)


def _reduce(space: "Space", this: JsValue, arguments: tuple[JsValue, ...], backwards: bool) -> Steps:
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
        result = yield callback, undefined, (result, value, float(index), holder)
    return result


def reduce(space: "Space", held: list[JsValue], this: JsValue, *arguments: JsValue) -> Steps:
    """15.4.4.21."""
    return _reduce(space, this, arguments, backwards=False)


def reduce_right(space: "Space", held: list[JsValue], this: JsValue, *arguments: JsValue) -> Steps:
    """15.4.4.22."""
    return _reduce(space, this, arguments, backwards=True)


def _first(
    space: "Space", this: JsValue, callback: JsValue, receiver: JsValue
) -> Generator[Request, JsValue, tuple[int, JsValue]]:
    holder, length = _start(space, this, callback)
    for index in range(length):
        value = holder.get(str(index))
        if to_boolean((yield callback, receiver, (value, float(index), holder))):
            return index, value
    return -1, undefined


def find(
    space: "Space", held: list[JsValue], this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined
) -> Steps:
    """ECMAScript 2015."""
    return (yield from _first(space, this, callback, receiver))[1]


def find_index(
    space: "Space", held: list[JsValue], this: JsValue, callback: JsValue = undefined, receiver: JsValue = undefined
) -> Steps:
    """ECMAScript 2015."""
    return float((yield from _first(space, this, callback, receiver))[0])


def sort(space: "Space", held: list[JsValue], this: JsValue, comparison: JsValue = undefined) -> Steps:
    """15.4.4.11: stable; undefined goes to the end, holes behind it."""
    if comparison is not undefined:
        _check(comparison)
    holder = to_object(this, space)
    length = space.length_of(holder)
    held.extend(value for _, value in _present(holder, range(length)))
    defined = [value for value in held if value is not undefined]
    if comparison is undefined:
        texts = [to_string(value) for value in defined]
        space.machine.meter.charge(sum(map(len, texts)) >> 5)
        defined = [value for _, value in sorted(zip(texts, defined, strict=True), key=itemgetter(0))]
    else:
        defined = yield from _sorted(defined, comparison)
    ordered = defined + [undefined] * (len(held) - len(defined))
    for index, value in enumerate(ordered):
        holder.put(str(index), value, True)
    for index in range(len(ordered), length):
        holder.delete(str(index), True)
    return holder


def _sorted(values: list[JsValue], comparison: JsValue) -> Generator[Request, JsValue, list[JsValue]]:
    """By merging ever longer runs: it ends, and loses nothing, also where a comparison contradicts itself."""
    runs = [[value] for value in values]
    while len(runs) > 1:
        merged: list[list[JsValue]] = []
        for left, right in zip(runs[::2], runs[1::2], strict=False):
            merged.append((yield from _merged(left, right, comparison)))
        if len(runs) % 2:
            merged.append(runs[-1])
        runs = merged
    return runs[0] if runs else []


def _merged(
    left: list[JsValue], right: list[JsValue], comparison: JsValue
) -> Generator[Request, JsValue, list[JsValue]]:
    made: list[JsValue] = []
    lefts = rights = 0
    while lefts < len(left) and rights < len(right):
        order = to_number((yield comparison, undefined, (left[lefts], right[rights])))
        # NaN is neither before nor after.
        if order > 0:
            made.append(right[rights])
            rights += 1
        else:
            made.append(left[lefts])
            lefts += 1
    return made + left[lefts:] + right[rights:]


METHODS: Final[Table] = {
    "sort": Method(sort, steps=True),
    "every": Method(every, 1, steps=True),
    "some": Method(some, 1, steps=True),
    "forEach": Method(for_each, 1, steps=True),
    "map": Method(map_elements, 1, steps=True),
    "filter": Method(filter_elements, 1, steps=True),
    "reduce": Method(reduce, 1, steps=True),
    "reduceRight": Method(reduce_right, 1, steps=True),
    "find": Method(find, 1, steps=True),
    "findIndex": Method(find_index, 1, steps=True),
}

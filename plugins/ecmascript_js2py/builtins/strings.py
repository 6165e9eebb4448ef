"""String: ECMAScript 5.1, 15.5. What matches and replaces is in `string_matching`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.conversions import (
    WHITE_SPACE,
    check_coercible,
    class_of,
    is_object,
    to_index,
    to_number,
    to_string,
    to_uint16,
)
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import NAN, Arguments, JsValue, throw, undefined
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space


def _convert(space: "Space", this: JsValue, *arguments: JsValue) -> str:
    return to_string(arguments[0]) if arguments else ""


def _construct(space: "Space", arguments: Arguments) -> JsValue:
    return space.wrap(_convert(space, undefined, *arguments))


def from_char_code(space: "Space", this: JsValue, *codes: JsValue) -> str:
    """15.5.3.2."""
    return "".join(chr(to_uint16(code)) for code in codes)


def own_text(this: JsValue) -> str:
    """The string that a method was called on."""
    check_coercible(this)
    return to_string(this)


def value_of(space: "Space", this: JsValue) -> str:
    """15.5.4.2, 15.5.4.3."""
    if class_of(this) != "String":
        throw("TypeError", "a method of strings was called on something else")
    return str(this.value) if is_object(this) else str(this)


def char_at(space: "Space", this: JsValue, position: JsValue = undefined) -> str:
    """15.5.4.4."""
    text, index = own_text(this), to_index(position)
    return text[index] if 0 <= index < len(text) else ""


def char_code_at(space: "Space", this: JsValue, position: JsValue = undefined) -> float:
    """15.5.4.5."""
    text, index = own_text(this), to_index(position)
    return float(ord(text[index])) if 0 <= index < len(text) else NAN


def make_text(space: "Space", parts: list[str]) -> str:
    """Join strings, if the outcome is not too long."""
    length = sum(map(len, parts))
    space.machine.meter.check_string(length)
    space.machine.meter.charge(length >> 8)
    space.memory.made(length)
    return "".join(parts)


def concat(space: "Space", this: JsValue, *others: JsValue) -> str:
    """15.5.4.6."""
    return make_text(space, [own_text(this), *map(to_string, others)])


def _clamp(value: JsValue, length: int, default: int) -> int:
    return default if value is undefined else min(max(to_index(value), 0), length)


def index_of(space: "Space", this: JsValue, sought: JsValue = undefined, position: JsValue = undefined) -> float:
    """15.5.4.7."""
    text = own_text(this)
    return float(text.find(to_string(sought), _clamp(position, len(text), 0)))


def last_index_of(space: "Space", this: JsValue, sought: JsValue = undefined, position: JsValue = undefined) -> float:
    """15.5.4.8."""
    text, part = own_text(this), to_string(sought)
    number = to_number(position)
    start = len(text) if number != number else _clamp(number, len(text), 0)
    return float(text.rfind(part, 0, start + len(part)))


def locale_compare(space: "Space", this: JsValue, other: JsValue = undefined) -> float:
    """15.5.4.9: by code points; the engine has no locale."""
    text, compared = own_text(this), to_string(other)
    return float((text > compared) - (text < compared))


def slice_text(space: "Space", this: JsValue, start: JsValue = undefined, end: JsValue = undefined) -> str:
    """15.5.4.13."""
    text = own_text(this)
    first = to_index(start)
    last = len(text) if end is undefined else to_index(end)
    return text[max(first, -len(text)) if first < 0 else first : last if last >= -len(text) else 0]


def substring(space: "Space", this: JsValue, start: JsValue = undefined, end: JsValue = undefined) -> str:
    """15.5.4.15."""
    text = own_text(this)
    ends = sorted((_clamp(start, len(text), 0), _clamp(end, len(text), len(text))))
    return text[ends[0] : ends[1]]


def substr(space: "Space", this: JsValue, start: JsValue = undefined, length: JsValue = undefined) -> str:
    """B.2.3."""
    text, first = own_text(this), to_index(start)
    if first < 0:
        first = max(0, len(text) + first)
    return text[first : first + _clamp(length, len(text), len(text))]


def _changed(change: Callable[[str], str]) -> Method:
    def method(space: "Space", this: JsValue) -> str:
        return change(own_text(this))

    return Method(method)


def includes(space: "Space", this: JsValue, sought: JsValue = undefined, position: JsValue = undefined) -> bool:
    """ECMAScript 2015."""
    return index_of(space, this, sought, position) >= 0


def starts_with(space: "Space", this: JsValue, sought: JsValue = undefined, position: JsValue = undefined) -> bool:
    """ECMAScript 2015."""
    text = own_text(this)
    return text.startswith(to_string(sought), _clamp(position, len(text), 0))


def ends_with(space: "Space", this: JsValue, sought: JsValue = undefined, position: JsValue = undefined) -> bool:
    """ECMAScript 2015."""
    text = own_text(this)
    return text[: _clamp(position, len(text), len(text))].endswith(to_string(sought))


def repeat(space: "Space", this: JsValue, count: JsValue = undefined) -> str:
    """ECMAScript 2015."""
    text, times = own_text(this), to_index(count)
    if times < 0 or times >= 10**20:
        throw("RangeError", "invalid count")
    space.machine.meter.check_string(len(text) * times)
    return make_text(space, [text * times])


def _padding(space: "Space", text: str, length: JsValue, filler: JsValue) -> str:
    pad = " " if filler is undefined else to_string(filler)
    missing = to_index(length) - len(text)
    if missing <= 0 or not pad:
        return ""
    space.machine.meter.check_string(len(text) + missing)
    return (pad * (missing // len(pad) + 1))[:missing]


def pad_start(space: "Space", this: JsValue, length: JsValue = undefined, filler: JsValue = undefined) -> str:
    """ECMAScript 2017."""
    text = own_text(this)
    return make_text(space, [_padding(space, text, length, filler), text])


def pad_end(space: "Space", this: JsValue, length: JsValue = undefined, filler: JsValue = undefined) -> str:
    """ECMAScript 2017."""
    text = own_text(this)
    return make_text(space, [text, _padding(space, text, length, filler)])


CONSTRUCTOR: Final = Method(_convert, 1, _construct)
STATICS: Final[Table] = {"fromCharCode": Method(from_char_code, 1)}
METHODS: Final[Table] = {
    "toString": Method(value_of),
    "valueOf": Method(value_of),
    "charAt": Method(char_at, scans=False),
    "charCodeAt": Method(char_code_at, scans=False),
    "concat": Method(concat, 1),
    "indexOf": Method(index_of, 1),
    "lastIndexOf": Method(last_index_of, 1),
    "localeCompare": Method(locale_compare),
    "slice": Method(slice_text),
    "substring": Method(substring),
    "substr": Method(substr),
    "toLowerCase": _changed(str.lower),
    "toLocaleLowerCase": _changed(str.lower),
    "toUpperCase": _changed(str.upper),
    "toLocaleUpperCase": _changed(str.upper),
    "trim": _changed(lambda text: text.strip(WHITE_SPACE)),
    "trimStart": _changed(lambda text: text.lstrip(WHITE_SPACE)),
    "trimEnd": _changed(lambda text: text.rstrip(WHITE_SPACE)),
    "includes": Method(includes, 1),
    "startsWith": Method(starts_with, 1),
    "endsWith": Method(ends_with, 1),
    "repeat": Method(repeat),
    "padStart": Method(pad_start, 1),
    "padEnd": Method(pad_end, 1),
}

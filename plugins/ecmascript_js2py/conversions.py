"""Type conversion: ECMAScript 5.1, chapter 9."""

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.internals import (
    INFINITY,
    NAN,
    PRIMITIVES,
    JsValue,
    PyJs,
    null,
    throw,
    undefined,
)

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

LARGEST_SAFE: Final = 9007199254740991.0
WHITE_SPACE: Final = (
    "\t\n\x0b\x0c\r \xa0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
HEXADECIMAL: Final = re.compile(r"0[xX][0-9a-fA-F]+")
MOST_DIGITS: Final = 800
INFINITIES: Final = {"Infinity": INFINITY, "+Infinity": INFINITY, "-Infinity": -INFINITY}
TYPE_NAMES: Final[dict[type, str]] = {
    str: "string",
    float: "number",
    bool: "boolean",
    type(undefined): "undefined",
    type(null): "object",
}


def is_object(value: JsValue) -> bool:
    """Whether it is of type Object."""
    return type(value) not in PRIMITIVES


def is_callable(value: JsValue) -> bool:
    """Whether it is a function: 9.11."""
    return isinstance(value, PyJs) and value.Class == "Function"


def class_of(value: JsValue) -> str:
    """The internal property [[Class]], of a primitive that of its wrapper."""
    if is_object(value):
        return str(value.Class)
    return {"object": "Null"}.get(TYPE_NAMES[type(value)], TYPE_NAMES[type(value)].capitalize())


def type_of(value: JsValue) -> str:
    """The operator `typeof`: 11.4.3."""
    name = TYPE_NAMES.get(type(value))
    if name is not None:
        return name
    return "function" if value.Class == "Function" else "object"


def to_primitive(value: JsValue, hint: str | None = None) -> JsValue:
    """9.1. `hint` is "Number", "String" or None."""
    if type(value) in PRIMITIVES:
        return value
    return value.default_value(hint)


def to_boolean(value: JsValue) -> bool:
    """9.2."""
    kind = type(value)
    if kind is bool:
        return bool(value)
    if kind is float:
        return bool(value == value and value != 0.0)
    if kind is str:
        return bool(value)
    return value is not undefined and value is not null


def to_number(value: JsValue) -> float:
    """9.3."""
    kind = type(value)
    if kind is float:
        return float(value)
    if kind is str:
        return number_from_text(value)
    if kind is bool:
        return 1.0 if value else 0.0
    if value is undefined:
        return NAN
    if value is null:
        return 0.0
    return to_number(to_primitive(value, "Number"))


def number_from_text(text: str) -> float:
    """9.3.1."""
    text = text.strip(WHITE_SPACE)
    if not text:
        return 0.0
    if DECIMAL.fullmatch(text):
        return decimal(text)
    if HEXADECIMAL.fullmatch(text):
        return float_from_digits(text[2:], 16)
    return INFINITIES.get(text, NAN)


def decimal(text: str) -> float:
    """The number of a decimal literal. Some hundred digits decide on a double; float() would take its time for all."""
    if len(text) <= MOST_DIGITS:
        return float(text)
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, fraction = mantissa.lstrip("+-").partition(".")
    digits = (whole + fraction).lstrip("0")
    power = _power(exponent) - len(fraction)
    rest = digits[MOST_DIGITS:]
    if rest:
        # That something follows may decide how the last bit is rounded.
        digits = digits[:MOST_DIGITS] + ("1" if rest.strip("0") else "0")
        power += len(rest) - 1
    return float(f"{'-' if text[0] == '-' else ''}{digits or '0'}e{power}")


def _power(exponent: str) -> int:
    digits = exponent.lstrip("+-").lstrip("0")
    size = int(digits or "0") if len(digits) < 10 else 10**9
    return -size if exponent.startswith("-") else size


def float_from_digits(digits: str, radix: int) -> float:
    """The number that digits of a radix stand for; infinite where it is too large for a double."""
    digits = digits.lstrip("0")
    if len(digits) > 1100:  # more than any double has, in any radix; int() would take quadratic time
        return INFINITY
    try:
        return float(int(digits or "0", radix))
    except OverflowError:
        return INFINITY


def to_integer(value: JsValue) -> float:
    """9.4: truncated towards zero; infinities stay."""
    number = to_number(value)
    if number != number:
        return 0.0
    return number if math.isinf(number) else float(math.trunc(number))


def to_index(value: JsValue) -> int:
    """9.4 as a Python integer, where infinities are beyond any length."""
    number = to_number(value)
    if number != number:
        return 0
    return int(max(-1e20, min(1e20, number)))


def to_uint32(value: JsValue) -> int:
    """9.6."""
    number = to_number(value)
    return int(number) & 0xFFFFFFFF if math.isfinite(number) else 0


def to_int32(value: JsValue) -> int:
    """9.5."""
    unsigned = to_uint32(value)
    return unsigned - 0x100000000 if unsigned & 0x80000000 else unsigned


def to_uint16(value: JsValue) -> int:
    """9.7."""
    return to_uint32(value) & 0xFFFF


def to_string(value: JsValue) -> str:
    """9.8."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is float:
        return number_to_text(value)
    if kind is bool:
        return "true" if value else "false"
    if value is undefined:
        return "undefined"
    if value is null:
        return "null"
    return to_string(to_primitive(value, "String"))


def number_to_text(number: float) -> str:
    """9.8.1: the shortest digits that give the number back, as `repr` finds them."""
    if number != number:
        return "NaN"
    if abs(number) < 1e15 and number == int(number):
        return str(int(number))
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    sign = "-" if number < 0 else ""
    digits, point = shortest_digits(abs(number))
    return sign + _layout(digits, point)


def shortest_digits(number: float) -> tuple[str, int]:
    """The digits of a positive number without trailing zeros, and how many stand before the decimal point."""
    mantissa, _, exponent = repr(number).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    return digits.rstrip("0") or "0", point


def _layout(digits: str, point: int) -> str:
    if len(digits) <= point <= 21:
        return digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    return exponent_form(digits, point - 1)


def exponent_form(digits: str, exponent: int) -> str:
    """`d.dde+n`."""
    mantissa = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{mantissa}e{'+' if exponent >= 0 else '-'}{abs(exponent)}"


def property_key(value: JsValue) -> str:
    """ToString of what stands in brackets, with a short way for array indexes."""
    if type(value) is str:
        return str(value)
    if type(value) is float and 0.0 <= value < 4294967296.0:
        index = int(value)
        if index == value:
            return str(index)
    return to_string(value)


def to_object(value: JsValue, space: "Space") -> JsValue:
    """9.9."""
    if is_object(value):
        return value
    if value is undefined or value is null:
        throw("TypeError", f"{to_string(value)} cannot be converted to an object")
    return space.wrap(value)


def check_coercible(value: JsValue) -> None:
    """9.10."""
    if value is undefined or value is null:
        throw("TypeError", f"a method was called on {to_string(value)}")


def same_value(left: JsValue, right: JsValue) -> bool:
    """9.12."""
    if type(left) is not type(right):
        return False
    if type(left) is float:
        if left != left:
            return bool(right != right)
        return bool(left == right) and math.copysign(1.0, left) == math.copysign(1.0, right)
    return bool(left == right) if type(left) is str else left is right


Native = Callable[..., JsValue]

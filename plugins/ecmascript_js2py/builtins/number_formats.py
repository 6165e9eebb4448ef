"""Number: ECMAScript 5.1, 15.7."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.conversions import (
    LARGEST_SAFE,
    class_of,
    exponent_form,
    is_object,
    number_to_text,
    shortest_digits,
    to_index,
    to_number,
)
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import INFINITY, NAN, Arguments, JsValue, constant, throw, undefined
from mirabelle.plugins.ecmascript_js2py.tables import Make, Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

COST: Final = 30
"""Of writing a number in a form, in instructions."""
DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def _convert(space: "Space", this: JsValue, *arguments: JsValue) -> float:
    return to_number(arguments[0]) if arguments else 0.0


def _construct(space: "Space", arguments: Arguments) -> JsValue:
    return space.wrap(_convert(space, undefined, *arguments))


def value_of(space: "Space", this: JsValue) -> float:
    """15.7.4.4."""
    if class_of(this) != "Number":
        throw("TypeError", "a method of numbers was called on something else")
    return float(this.value if is_object(this) else this)


def _bounded(value: JsValue, least: int, most: int, what: str) -> int:
    number = to_index(value)
    if not least <= number <= most:
        throw("RangeError", f"{what} must be from {least} to {most}")
    return number


def to_text(space: "Space", this: JsValue, radix: JsValue = undefined) -> str:
    """15.7.4.2."""
    number = value_of(space, this)
    base = 10 if radix is undefined else _bounded(radix, 2, 36, "the radix")
    if base == 10 or not math.isfinite(number):
        return number_to_text(number)
    text = _whole(int(abs(number)), base) + _fraction(abs(number), base)
    space.machine.meter.charge(2 * len(text))
    return f"-{text}" if number < 0 else text


def _whole(number: int, base: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, base)
        digits = DIGITS[digit] + digits
    return digits


def _fraction(number: float, base: int) -> str:
    """As many digits behind the point as tell the number from its neighbours."""
    # In units of half the distance to the next number, so that all is whole.
    unit = math.ulp(number) / 2 or math.ulp(number)
    one = Fraction(1) / Fraction(unit)
    if one.denominator != 1:
        return ""
    scale, margin = one.numerator, 1
    rest = (Fraction(number) / Fraction(unit)).numerator % scale
    digits: list[str] = []
    while rest and rest >= margin:
        rest, margin = rest * base, margin * base
        digit, rest = divmod(rest, scale)
        if rest + margin > scale and digit + 1 < base:
            digit, rest = digit + 1, 0
        digits.append(DIGITS[digit])
    return f".{''.join(digits)}" if digits else ""


def to_locale_text(space: "Space", this: JsValue) -> str:
    """15.7.4.3."""
    return number_to_text(value_of(space, this))


def to_fixed(space: "Space", this: JsValue, digits: JsValue = undefined) -> str:
    """15.7.4.5: exact, and halves go up."""
    number = value_of(space, this)
    count = _bounded(digits, 0, 100, "digits")
    if not abs(number) < 1e21:
        return number_to_text(number)
    rounded = Decimal(abs(number)).quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP, Context(prec=150))
    return ("-" if number < 0 else "") + f"{rounded:f}"


def _rounded(number: float, count: int) -> tuple[str, int]:
    """So many digits, and the exponent of the first."""
    if not number:
        return "0" * count, 0
    exact = Context(prec=count, rounding=ROUND_HALF_UP).create_decimal(abs(number))
    text = "".join(map(str, exact.as_tuple().digits)).ljust(count, "0")
    return text, exact.adjusted()


def to_exponential(space: "Space", this: JsValue, digits: JsValue = undefined) -> str:
    """15.7.4.6."""
    number = value_of(space, this)
    count = to_index(digits)
    if not math.isfinite(number):
        return number_to_text(number)
    if digits is undefined:
        text, point = shortest_digits(abs(number)) if number else ("0", 1)
        exponent = point - 1
    else:
        text, exponent = _rounded(number, _bounded(float(count), 0, 100, "digits") + 1)
    return ("-" if number < 0 else "") + exponent_form(text, exponent)


def to_precision(space: "Space", this: JsValue, precision: JsValue = undefined) -> str:
    """15.7.4.7."""
    number = value_of(space, this)
    if precision is undefined or not math.isfinite(number):
        return number_to_text(number)
    count = _bounded(precision, 1, 100, "the precision")
    digits, exponent = _rounded(number, count)
    sign = "-" if number < 0 else ""
    if exponent < -6 or exponent >= count:
        return sign + exponent_form(digits, exponent)
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{digits}"
    whole, fraction = digits[: exponent + 1], digits[exponent + 1 :]
    return f"{sign}{whole}.{fraction}" if fraction else sign + whole


def _is(test: Callable[[float], bool]) -> Method:
    def method(space: "Space", this: JsValue, value: JsValue = undefined) -> bool:
        return type(value) is float and test(value)

    return Method(method)


def _constant(number: float) -> Make:
    return lambda space: constant(number)


CONSTRUCTOR: Final = Method(_convert, 1, _construct)
STATICS: Final[Table] = {
    "MAX_VALUE": _constant(1.7976931348623157e308),
    "MIN_VALUE": _constant(5e-324),
    "NaN": _constant(NAN),
    "NEGATIVE_INFINITY": _constant(-INFINITY),
    "POSITIVE_INFINITY": _constant(INFINITY),
    "MAX_SAFE_INTEGER": _constant(LARGEST_SAFE),
    "MIN_SAFE_INTEGER": _constant(-LARGEST_SAFE),
    "isFinite": _is(math.isfinite),
    "isNaN": _is(math.isnan),
    "isInteger": _is(float.is_integer),
}
METHODS: Final[Table] = {
    "toString": Method(to_text, cost=COST),
    "toLocaleString": Method(to_locale_text),
    "valueOf": Method(value_of),
    "toFixed": Method(to_fixed, cost=COST),
    "toExponential": Method(to_exponential, cost=COST),
    "toPrecision": Method(to_precision, cost=COST),
}

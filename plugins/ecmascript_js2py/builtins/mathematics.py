"""Math: ECMAScript 5.1, 15.8."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.conversions import to_number
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import INFINITY, NAN, JsValue, constant, undefined
from mirabelle.plugins.ecmascript_js2py.tables import Make, Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

EXACT_FROM: Final = 4503599627370496.0
"""From here on doubles have no fraction."""


def _of_one(function: Callable[[float], float]) -> Method:
    def method(space: "Space", this: JsValue, value: JsValue = undefined) -> float:
        number = to_number(value)
        if number != number:
            return NAN
        try:
            return float(function(number))
        except ValueError:
            return NAN
        except OverflowError:
            return INFINITY

    return Method(method)


def _whole(function: Callable[[float], float]) -> Method:
    def rounded(number: float) -> float:
        if math.isinf(number) or abs(number) >= EXACT_FROM:
            return number
        return math.copysign(function(number), number)

    return _of_one(rounded)


def logarithm(number: float) -> float:
    """15.8.2.10."""
    return -INFINITY if number == 0 else math.log(number)


def round_half_up(number: float) -> float:
    """15.8.2.15."""
    below = math.floor(number)
    return below + (number - below >= 0.5)


def sign(number: float) -> float:
    """ECMAScript 2015."""
    return math.copysign(1.0, number) if number else number


def power(space: "Space", this: JsValue, base: JsValue = undefined, exponent: JsValue = undefined) -> float:
    """15.8.2.13."""
    x, y = to_number(base), to_number(exponent)
    if y != y or (abs(x) == 1.0 and math.isinf(y)):
        return NAN
    odd = math.isfinite(y) and y % 2 == 1
    try:
        return math.pow(x, y)
    except OverflowError:
        return -INFINITY if x < 0 and odd else INFINITY
    except ValueError:
        if x:
            return NAN
        return -INFINITY if math.copysign(1.0, x) < 0 and odd else INFINITY


def arc_tangent_2(space: "Space", this: JsValue, y: JsValue = undefined, x: JsValue = undefined) -> float:
    """15.8.2.5."""
    return math.atan2(to_number(y), to_number(x))


def _extreme(values: tuple[JsValue, ...], start: float) -> float:
    best = start
    upwards = math.copysign(1.0, -start)
    for number in [to_number(value) for value in values]:
        if number != number:
            return NAN
        # Zeros have signs here: +0 is larger than -0.
        zeros = number == best == 0 and math.copysign(1.0, number) == upwards
        if zeros or best == start or (number - best) * upwards > 0:
            best = number
    return best


def maximum(space: "Space", this: JsValue, *values: JsValue) -> float:
    """15.8.2.11."""
    return _extreme(values, -INFINITY)


def minimum(space: "Space", this: JsValue, *values: JsValue) -> float:
    """15.8.2.12."""
    return _extreme(values, INFINITY)


def random_number(space: "Space", this: JsValue) -> float:
    """15.8.2.14: from the source of chance that the engine was given."""
    return space.chance.random()


def _constant(number: float) -> Make:
    return lambda space: constant(number)


MEMBERS: Final[Table] = {
    "E": _constant(math.e),
    "LN10": _constant(2.302585092994046),
    "LN2": _constant(0.6931471805599453),
    "LOG2E": _constant(1.4426950408889634),
    "LOG10E": _constant(0.4342944819032518),
    "PI": _constant(math.pi),
    "SQRT1_2": _constant(0.7071067811865476),
    "SQRT2": _constant(1.4142135623730951),
    "abs": _of_one(abs),
    "acos": _of_one(math.acos),
    "asin": _of_one(math.asin),
    "atan": _of_one(math.atan),
    "atan2": Method(arc_tangent_2),
    "ceil": _whole(math.ceil),
    "cos": _of_one(math.cos),
    "exp": _of_one(math.exp),
    "floor": _whole(math.floor),
    "log": _of_one(logarithm),
    "max": Method(maximum, 2),
    "min": Method(minimum, 2),
    "pow": Method(power),
    "random": Method(random_number),
    "round": _whole(round_half_up),
    "sign": _of_one(sign),
    "sin": _of_one(math.sin),
    "sqrt": _of_one(math.sqrt),
    "tan": _of_one(math.tan),
    "trunc": _whole(math.trunc),
}

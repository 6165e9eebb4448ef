"""parseInt, parseFloat, isNaN, isFinite: ECMAScript 5.1, 15.1.2."""

import math
import string
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.conversions import (
    DECIMAL,
    INFINITIES,
    WHITE_SPACE,
    decimal,
    float_from_digits,
    to_int32,
    to_number,
    to_string,
)
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import NAN, JsValue, undefined
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

DIGITS: Final = string.digits + string.ascii_lowercase


def parse_float(space: "Space", this: JsValue, value: JsValue = undefined) -> float:
    """15.1.2.3."""
    text = to_string(value).lstrip(WHITE_SPACE)
    space.machine.meter.charge_text(text)
    for name, number in INFINITIES.items():
        if text.startswith(name):
            return number
    found = DECIMAL.match(text)
    return decimal(found.group()) if found else NAN


def parse_int(space: "Space", this: JsValue, value: JsValue = undefined, radix: JsValue = undefined) -> float:
    """15.1.2.2."""
    text = to_string(value).lstrip(WHITE_SPACE)
    space.machine.meter.charge_text(text)
    base = to_int32(radix)
    sign = -1.0 if text.startswith("-") else 1.0
    text = text[1:] if text[:1] in ("+", "-") else text
    if base in (0, 16) and text[:2] in ("0x", "0X"):
        text, base = text[2:], 16
    base = base or 10
    if not 2 <= base <= 36:
        return NAN
    digits = _leading_digits(text, base)
    return sign * float_from_digits(digits, base) if digits else NAN


def _leading_digits(text: str, base: int) -> str:
    allowed = DIGITS[:base] + DIGITS[:base].upper()
    return text[: len(text) - len(text.lstrip(allowed))]


def is_nan(space: "Space", this: JsValue, value: JsValue = undefined) -> bool:
    """15.1.2.4."""
    return math.isnan(to_number(value))


def is_finite(space: "Space", this: JsValue, value: JsValue = undefined) -> bool:
    """15.1.2.5."""
    return math.isfinite(to_number(value))


METHODS: Final[Table] = {
    "parseFloat": Method(parse_float),
    "parseInt": Method(parse_int),
    "isNaN": Method(is_nan),
    "isFinite": Method(is_finite),
}

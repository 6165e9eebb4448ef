"""Operators: ECMAScript 5.1, 11.4 to 11.9."""

import math
from collections.abc import Callable
from typing import Any, Final

from mirabelle.plugins.ecmascript_js2py.conversions import (
    is_object,
    property_key,
    to_boolean,
    to_int32,
    to_number,
    to_primitive,
    to_string,
    to_uint32,
    type_of,
)
from mirabelle.plugins.ecmascript_js2py.frames import PAUSE, Frame, Signal
from mirabelle.plugins.ecmascript_js2py.functions import FunctionObject
from mirabelle.plugins.ecmascript_js2py.internals import INFINITY, NAN, JsValue, null, opcodes, throw, undefined

Operation = Callable[[JsValue, JsValue], JsValue]


def add(left: JsValue, right: JsValue) -> JsValue:
    """11.6.1, without the limit on strings."""
    left, right = to_primitive(left), to_primitive(right)
    if type(left) is str or type(right) is str:
        return to_string(left) + to_string(right)
    return to_number(left) + to_number(right)


def subtract(left: JsValue, right: JsValue) -> float:
    """11.6.2."""
    return to_number(left) - to_number(right)


def multiply(left: JsValue, right: JsValue) -> float:
    """11.5.1."""
    return to_number(left) * to_number(right)


def divide(left: JsValue, right: JsValue) -> float:
    """11.5.2."""
    dividend, divisor = to_number(left), to_number(right)
    if divisor:
        return dividend / divisor
    if dividend != dividend or dividend == 0 or divisor != divisor:
        return NAN
    return math.copysign(INFINITY, dividend) * math.copysign(1.0, divisor)


def remainder(left: JsValue, right: JsValue) -> float:
    """11.5.3: the sign of the dividend."""
    dividend, divisor = to_number(left), to_number(right)
    if divisor == 0 or math.isinf(dividend) or dividend != dividend or divisor != divisor:
        return NAN
    return math.fmod(dividend, divisor)


def _to_signed(number: int) -> float:
    number &= 0xFFFFFFFF
    return float(number - 0x100000000 if number & 0x80000000 else number)


def shift_left(left: JsValue, right: JsValue) -> float:
    """11.7.1."""
    number = to_int32(left)
    return _to_signed(number << (to_uint32(right) & 31))


def shift_right(left: JsValue, right: JsValue) -> float:
    """11.7.2."""
    number = to_int32(left)
    return float(number >> (to_uint32(right) & 31))


def shift_right_unsigned(left: JsValue, right: JsValue) -> float:
    """11.7.3."""
    number = to_uint32(left)
    return float(number >> (to_uint32(right) & 31))


def bit_and(left: JsValue, right: JsValue) -> float:
    """11.10."""
    return float(to_int32(left) & to_int32(right))


def bit_or(left: JsValue, right: JsValue) -> float:
    """11.10."""
    return float(to_int32(left) | to_int32(right))


def bit_xor(left: JsValue, right: JsValue) -> float:
    """11.10."""
    return float(to_int32(left) ^ to_int32(right))


def strictly_equal(left: JsValue, right: JsValue) -> bool:
    """11.9.6."""
    if type(left) is not type(right):
        return False
    return bool(left == right) if type(left) in (float, str) else left is right


def _is_nothing(value: JsValue) -> bool:
    return value is undefined or value is null


def equal(left: JsValue, right: JsValue) -> bool:
    """11.9.3."""
    if type(left) is type(right):
        return strictly_equal(left, right)
    if _is_nothing(left) or _is_nothing(right):
        return _is_nothing(left) and _is_nothing(right)
    if is_object(left) and is_object(right):
        return left is right
    if is_object(left):
        return equal(to_primitive(left), right)
    if is_object(right):
        return equal(left, to_primitive(right))
    return to_number(left) == to_number(right)


def _compare(left: JsValue, right: JsValue, numbers: Callable[[float, float], bool], order: tuple[bool, bool]) -> bool:
    left, right = to_primitive(left, "Number"), to_primitive(right, "Number")
    if type(left) is str and type(right) is str:
        return order[0] if left < right else order[1] if left > right else numbers(0.0, 0.0)
    return numbers(to_number(left), to_number(right))


def less(left: JsValue, right: JsValue) -> bool:
    """11.8.1."""
    return _compare(left, right, lambda a, b: a < b, (True, False))


def less_or_equal(left: JsValue, right: JsValue) -> bool:
    """11.8.3."""
    return _compare(left, right, lambda a, b: a <= b, (True, False))


def greater(left: JsValue, right: JsValue) -> bool:
    """11.8.2."""
    return _compare(left, right, lambda a, b: a > b, (False, True))


def greater_or_equal(left: JsValue, right: JsValue) -> bool:
    """11.8.4."""
    return _compare(left, right, lambda a, b: a >= b, (False, True))


def instance_of(left: JsValue, right: JsValue) -> bool:
    """11.8.6."""
    if not isinstance(right, FunctionObject):
        throw("TypeError", "what stands to the right of instanceof is not a function")
    return right.has_instance(left)


def has_property(left: JsValue, right: JsValue) -> bool:
    """The operator `in`: 11.8.7."""
    if not is_object(right):
        throw("TypeError", "what stands to the right of in is not an object")
    return bool(right.has_property(property_key(left)))


OPERATIONS: Final[dict[str, Operation]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": remainder,
    "<<": shift_left,
    ">>": shift_right,
    ">>>": shift_right_unsigned,
    "&": bit_and,
    "|": bit_or,
    "^": bit_xor,
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "===": strictly_equal,
    "!==": lambda left, right: not strictly_equal(left, right),
    "<": less,
    "<=": less_or_equal,
    ">": greater,
    ">=": greater_or_equal,
    "in": has_property,
    "instanceof": instance_of,
}

# What two numbers give, without a look at their types; the long way is above.
QUICK: Final[dict[str, Operation]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "===": lambda left, right: left == right,
    "!==": lambda left, right: left != right,
}


def account(frame: Frame, value: JsValue) -> Signal | None:
    """Pay for a new string. Raises `Limit` for one that is too long."""
    if type(value) is not str or len(value) < 256:
        return None
    space = frame.space
    meter = space.machine.meter
    meter.check_string(len(value))
    meter.add(len(value) >> 10)
    space.memory.made(len(value))
    return PAUSE if space.memory.is_due or meter.slice < 0 else None


class BinaryOperation:
    """An operator between two values."""

    def __init__(self, operator: str) -> None:
        self.operator = operator
        self.operation = OPERATIONS[operator]
        self.quick = QUICK.get(operator, self.operation)
        self.eval = self.add if operator == "+" else self.calculate

    def calculate(self, frame: Frame) -> Signal | None:
        """Any but `+`."""
        stack = frame.stack
        right = stack.pop()
        left = stack[-1]
        if type(left) is float and type(right) is float:
            stack[-1] = self.quick(left, right)
            return None
        stack[-1] = self.operation(left, right)
        return PAUSE if frame.space.machine.meter.add_strings(left, right) else None

    def add(self, frame: Frame) -> Signal | None:
        """`+` may make a long string."""
        stack = frame.stack
        right = stack.pop()
        left = stack[-1]
        if type(left) is float and type(right) is float:
            stack[-1] = left + right
            return None
        value = left + right if type(left) is str and type(right) is str else add(left, right)
        stack[-1] = value
        return account(frame, value)


UNARY_OPERATIONS: Final[dict[str, Callable[[JsValue], JsValue]]] = {
    "+": to_number,
    "-": lambda value: -to_number(value),
    "!": lambda value: not to_boolean(value),
    "~": lambda value: float(~to_int32(value)),
    "void": lambda value: undefined,
    "typeof": type_of,
}


class UnaryOperation:
    """An operator before one value."""

    def __init__(self, operator: str) -> None:
        self.operation = UNARY_OPERATIONS[operator]

    def eval(self, frame: Frame) -> Signal | None:
        """Replace the value."""
        value = frame.stack[-1]
        frame.stack[-1] = self.operation(value)
        return PAUSE if frame.space.machine.meter.add_strings(value) else None


class JumpIf(opcodes.BASE_JUMP):
    """Jump when the value on the stack is truthy (or falsy) as ToBoolean says."""

    wanted = True
    pops = True

    def eval(self, frame: Frame) -> int | None:
        """The label, or None."""
        value = frame.stack.pop() if self.pops else frame.stack[-1]
        if value is not True and value is not False:
            value = to_boolean(value)
        label: int = self.label
        return label if value is self.wanted else None


class JumpIfFalse(JumpIf):
    """`if`, loops, `?:`."""

    wanted = False


class JumpIfTrueKeeping(JumpIf):
    """`||`."""

    pops = False


class JumpIfFalseKeeping(JumpIf):
    """`&&`."""

    wanted = False
    pops = False


class JumpIfEqual(opcodes.BASE_JUMP):
    """`case`."""

    def eval(self, frame: Frame) -> int | None:
        """The label, without the value that was compared; or None, and the value stays."""
        candidate = frame.stack.pop()
        if type(candidate) is str:
            frame.space.machine.meter.add_strings(candidate)
        if not strictly_equal(frame.stack[-1], candidate):
            return None
        frame.stack.pop()
        label: int = self.label
        return label


INSTRUCTIONS: Final[dict[str, Any]] = {
    "BINARY_OP": BinaryOperation,
    "UNARY_OP": UnaryOperation,
    "JUMP_IF_TRUE": JumpIf,
    "JUMP_IF_FALSE": JumpIfFalse,
    "JUMP_IF_TRUE_WITHOUT_POP": JumpIfTrueKeeping,
    "JUMP_IF_FALSE_WITHOUT_POP": JumpIfFalseKeeping,
    "JUMP_IF_EQ": JumpIfEqual,
}

"""Properties: ECMAScript 5.1, 8.7 and 11.2.1."""

from typing import Any, Final

from mirabelle.plugins.ecmascript_js2py.conversions import (
    check_coercible,
    is_object,
    property_key,
    to_number,
    to_object,
    to_string,
    type_of,
)
from mirabelle.plugins.ecmascript_js2py.frames import PAUSE, Frame, Signal
from mirabelle.plugins.ecmascript_js2py.instructions.operators import OPERATIONS, account
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, null, throw, undefined
from mirabelle.plugins.ecmascript_js2py.limits import ELEMENT
from mirabelle.plugins.ecmascript_js2py.memory import PROPERTY
from mirabelle.plugins.ecmascript_js2py.objects import ScopeObject, is_index

MANY: Final = 64


def read(frame: Frame, holder: JsValue, name: JsValue) -> JsValue:
    """`holder[name]`."""
    if is_object(holder):
        return holder.get_member(name)
    if holder is undefined or holder is null:
        throw("TypeError", f"cannot read property '{property_key(name)}' of {to_string(holder)}")
    key = property_key(name)
    if type(holder) is str:
        if key == "length":
            return float(len(holder))
        if is_index(key) and int(key) < len(holder):
            return holder[int(key)]
    return frame.space.prototype_of(holder).get(key)


def write(frame: Frame, holder: JsValue, name: JsValue, value: JsValue) -> Signal | None:
    """`holder[name] = value`."""
    if not is_object(holder):
        if holder is undefined or holder is null:
            throw("TypeError", f"cannot set property '{property_key(name)}' of {to_string(holder)}")
        _write_primitive(frame, holder, property_key(name), value)
        return None
    own = holder.own
    before = len(own)
    holder.put(property_key(name), value, frame.strict)
    if len(own) > before:
        memory = frame.space.memory
        memory.made(PROPERTY)
        return PAUSE if memory.is_due else None
    if name == "length" and before > MANY:
        # What a shorter array loses was looked for among all that it had.
        frame.space.machine.meter.add(ELEMENT * before)
        return PAUSE
    return None


def _write_primitive(frame: Frame, holder: JsValue, key: str, value: JsValue) -> None:
    """8.7.2: only a setter that its prototype has can do something about it."""
    found = frame.space.prototype_of(holder).get_property(key)
    setter: JsValue = undefined if found is None else found.get("set", undefined)
    if setter is not undefined:
        setter.call(holder, (value,))
    elif frame.strict:
        throw("TypeError", f"property {key} of a {type_of(holder)} cannot be changed")


class Member:
    """An instruction on a property whose name is on the stack."""


class MemberDot:
    """An instruction on a property with a fixed name."""

    def __init__(self, name: str) -> None:
        self.name = name


class LoadMember(Member):
    """`a[b]`."""

    def eval(self, frame: Frame) -> None:
        """Holder, name -> value."""
        stack = frame.stack
        name = stack.pop()
        stack[-1] = read(frame, stack[-1], name)


class LoadMemberDot(MemberDot):
    """`a.b`."""

    def eval(self, frame: Frame) -> None:
        """Holder -> value."""
        frame.stack[-1] = read(frame, frame.stack[-1], self.name)


class StoreMember(Member):
    """`a[b] = c`."""

    def eval(self, frame: Frame) -> Signal | None:
        """Holder, name, value -> value."""
        stack = frame.stack
        value, name = stack.pop(), stack.pop()
        signal = write(frame, stack[-1], name, value)
        stack[-1] = value
        return signal


class StoreMemberDot(MemberDot):
    """`a.b = c`."""

    def eval(self, frame: Frame) -> Signal | None:
        """Holder, value -> value."""
        stack = frame.stack
        value = stack.pop()
        signal = write(frame, stack[-1], self.name, value)
        stack[-1] = value
        return signal


def _operate(frame: Frame, name: JsValue, operator: str, value: JsValue) -> Signal | None:
    holder = frame.stack[-1]
    check_coercible(holder)
    new = OPERATIONS[operator](read(frame, holder, name), value)
    pause = account(frame, new)
    frame.stack[-1] = new
    return write(frame, holder, name, new) or pause


class LoadForOperation(Member):
    """The first half of `a[b] += c`: what is there is read before `c` is."""

    def eval(self, frame: Frame) -> None:
        """Holder, name -> holder, name as text, value."""
        stack = frame.stack
        check_coercible(stack[-2])
        stack[-1] = property_key(stack[-1])
        stack.append(read(frame, stack[-2], stack[-1]))


class StoreMemberOperation(Member):
    """`a[b] += c` and the like."""

    def __init__(self, operator: str) -> None:
        self.operator = operator

    def eval(self, frame: Frame) -> Signal | None:
        """Holder, name, value -> new value."""
        value, name = frame.stack.pop(), frame.stack.pop()
        return _operate(frame, property_key(name), self.operator, value)


class StoreMemberDotOperation(MemberDot):
    """`a.b += c` and the like."""

    def __init__(self, name: str, operator: str) -> None:
        super().__init__(name)
        self.operator = operator

    def eval(self, frame: Frame) -> Signal | None:
        """Holder, value -> new value."""
        return _operate(frame, self.name, self.operator, frame.stack.pop())


def _update(frame: Frame, name: JsValue, post: int, step: float) -> Signal | None:
    holder = frame.stack[-1]
    old = to_number(read(frame, holder, name))
    frame.stack[-1] = old if post else old + step
    return write(frame, holder, name, old + step)


class UpdateMember(Member):
    """`a[b]++` and the like."""

    def __init__(self, post: int, increment: int) -> None:
        self.post, self.step = post, 1.0 if increment else -1.0

    def eval(self, frame: Frame) -> Signal | None:
        """Holder, name -> value."""
        name = property_key(frame.stack.pop())
        return _update(frame, name, self.post, self.step)


class UpdateMemberDot(MemberDot):
    """`a.b++` and the like."""

    def __init__(self, post: int, increment: int, name: str) -> None:
        super().__init__(name)
        self.post, self.step = post, 1.0 if increment else -1.0

    def eval(self, frame: Frame) -> Signal | None:
        """Holder -> value."""
        return _update(frame, self.name, self.post, self.step)


class DeleteMember(Member):
    """`delete a[b]`."""

    def eval(self, frame: Frame) -> None:
        """Holder, name -> whether it is gone."""
        stack = frame.stack
        name = property_key(stack.pop())
        stack[-1] = bool(to_object(stack[-1], frame.space).delete(name, frame.strict))


class StoreGiven(Member):
    """The host's assignment to a property; one of a scope must be there, because it is a variable: VoiceXML, 5.3.2."""

    def eval(self, frame: Frame) -> Signal | None:
        """Holder, name -> value."""
        name = property_key(frame.stack.pop())
        holder, frame.stack[-1] = frame.stack[-1], frame.given
        if isinstance(holder, ScopeObject) and name not in holder.own:
            throw("ReferenceError", f"{name} is not defined")
        return write(frame, holder, name, frame.given)


INSTRUCTIONS: Final[dict[str, Any]] = {
    "LOAD_MEMBER": LoadMember,
    "LOAD_MEMBER_DOT": LoadMemberDot,
    "STORE_MEMBER": StoreMember,
    "STORE_MEMBER_DOT": StoreMemberDot,
    "STORE_MEMBER_OP": StoreMemberOperation,
    "STORE_MEMBER_DOT_OP": StoreMemberDotOperation,
    "POSTFIX_MEMBER": UpdateMember,
    "POSTFIX_MEMBER_DOT": UpdateMemberDot,
    "LOAD_FOR_OPERATION": LoadForOperation,
    "DELETE_MEMBER": DeleteMember,
    "STORE_GIVEN": StoreGiven,
}

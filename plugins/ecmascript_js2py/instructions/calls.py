"""Calls: ECMAScript 5.1, 11.2.2 and 11.2.3. Functions of scripts are entered, not called, so that they can wait."""

from typing import Any, Final

from mirabelle.plugins.ecmascript_js2py.builtins.functions import evaluate_here
from mirabelle.plugins.ecmascript_js2py.conversions import is_callable, type_of
from mirabelle.plugins.ecmascript_js2py.frames import PAUSE, RETURN, Frame, Signal
from mirabelle.plugins.ecmascript_js2py.functions import (
    BoundFunction,
    FunctionCode,
    FunctionObject,
    JsFunction,
    NativeFunction,
)
from mirabelle.plugins.ecmascript_js2py.instructions.members import read
from mirabelle.plugins.ecmascript_js2py.internals import Arguments, JsValue, ThrownError, throw, undefined
from mirabelle.plugins.ecmascript_js2py.memory import OBJECT, PROPERTY
from mirabelle.plugins.ecmascript_js2py.scopes import base_of
from mirabelle.plugins.ecmascript_js2py.steps import UNIT, begun, frame_of

Status = Frame | Signal | None


def call(frame: Frame, function: JsValue, this: JsValue, arguments: Arguments, name: str = "it") -> Status:
    """Enter a function of a script, or call one of the library and push its value."""
    while type(function) is not JsFunction:
        if type(function) is NativeFunction:
            # `call` and `apply` only stand between, and must not keep what they call from being suspended.
            forward = frame.space.forwarders.get(function.method)
            if forward is None or not is_callable(this):
                if function.method.steps:
                    return begun(*function.steps(this, arguments), frame) or _pause(frame)
                frame.stack.append(function.call(this, arguments))
                return _pause(frame)
            function, (this, arguments) = this, forward(frame.space, arguments)
        elif type(function) is BoundFunction:
            function, this, arguments = function.target, function.this, function.arguments + arguments
        else:
            throw("TypeError", f"{name} is not a function ({type_of(function)})")
    entered: Frame = function.activation(this, arguments)
    return entered


UNIT.enter = call


def _pause(frame: Frame) -> Signal | None:
    space = frame.space
    return PAUSE if space.memory.is_due or space.machine.meter.slice < 0 else None


class Call:
    """`f(a, b)`. `name`: what a variable that is called is called, for errors."""

    def __init__(self, name: str = "it") -> None:
        self.name = name

    def eval(self, frame: Frame) -> Status:
        """Function, arguments -> value."""
        arguments = frame.stack.pop()
        return call(frame, frame.stack.pop(), undefined, arguments, self.name)


class CallNoArguments(Call):
    """`f()`."""

    def eval(self, frame: Frame) -> Status:
        """Function -> value."""
        return call(frame, frame.stack.pop(), undefined, (), self.name)


class LoadArguments:
    """The values of a call, as one."""

    def __init__(self, count: int) -> None:
        self.count = count

    def eval(self, frame: Frame) -> None:
        """Values -> arguments."""
        start = len(frame.stack) - self.count
        arguments = tuple(frame.stack[start:])
        del frame.stack[start:]
        frame.stack.append(arguments)


class LoadCallee:
    """The first half of `f(a)` inside a `with`: what the function is called on, and the function."""

    def __init__(self, name: str) -> None:
        self.name = name

    def eval(self, frame: Frame) -> None:
        """Nothing -> object or undefined, function."""
        frame.stack += (base_of(frame.scope, self.name), frame.scope.get(self.name))


class LoadMethod:
    """The first half of `a[b](c)`, where `c` might change what `a[b]` is."""

    def eval(self, frame: Frame) -> None:
        """Holder, name -> holder, function."""
        name = frame.stack.pop()
        frame.stack.append(read(frame, frame.stack[-1], name))


class CallOnBase(Call):
    """The second half."""

    def eval(self, frame: Frame) -> Status:
        """Object or undefined, function, arguments -> value."""
        stack = frame.stack
        arguments, function, base = stack.pop(), stack.pop(), stack.pop()
        return call(frame, function, base, arguments, self.name)


class CallMethod:
    """`a[b](c)`."""

    def eval(self, frame: Frame) -> Status:
        """Holder, name, arguments -> value."""
        stack = frame.stack
        arguments, name, holder = stack.pop(), stack.pop(), stack.pop()
        return call(frame, read(frame, holder, name), holder, arguments)


class CallMethodNoArguments:
    """`a[b]()`."""

    def eval(self, frame: Frame) -> Status:
        """Holder, name -> value."""
        name, holder = frame.stack.pop(), frame.stack.pop()
        return call(frame, read(frame, holder, name), holder, ())


class CallMethodDot:
    """`a.b(c)`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def eval(self, frame: Frame) -> Status:
        """Holder, arguments -> value."""
        arguments, holder = frame.stack.pop(), frame.stack.pop()
        return call(frame, read(frame, holder, self.name), holder, arguments, self.name)


class CallMethodDotNoArguments(CallMethodDot):
    """`a.b()`."""

    def eval(self, frame: Frame) -> Status:
        """Holder -> value."""
        holder = frame.stack.pop()
        return call(frame, read(frame, holder, self.name), holder, (), self.name)


class CallEval:
    """`eval(source)` by that name: in the scope of the caller: 15.1.2.1.1."""

    def eval(self, frame: Frame) -> Status:
        """Function, arguments -> value."""
        arguments, function = frame.stack.pop(), frame.stack.pop()
        space = frame.space
        if function is not space.eval_function or type(arguments[0]) is not str:
            return call(frame, function, undefined, arguments, "eval")
        return frame_of(evaluate_here(space, arguments[0], frame), [], space)


def construct(frame: Frame, function: JsValue, arguments: Arguments) -> Status:
    """`new`."""
    while type(function) is BoundFunction:
        function, arguments = function.target, function.arguments + arguments
    if type(function) is JsFunction:
        frame.space.memory.made(OBJECT)
        constructed: Frame = function.construction(arguments)
        return constructed
    if type(function) is NativeFunction and function.method.steps and function.method.construct:
        return function.construction(arguments)
    if not isinstance(function, FunctionObject):
        throw("TypeError", f"what follows new is not a function ({type_of(function)})")
    frame.stack.append(function.create(arguments, frame.space))
    return _pause(frame)


class New:
    """`new F(a)`."""

    def eval(self, frame: Frame) -> Status:
        """Function, arguments -> object."""
        arguments = frame.stack.pop()
        return construct(frame, frame.stack.pop(), arguments)


class NewNoArguments:
    """`new F`."""

    def eval(self, frame: Frame) -> Status:
        """Function -> object."""
        return construct(frame, frame.stack.pop(), ())


class LoadFunction:
    """`function () {...}`: 13.2."""

    def __init__(self, code: FunctionCode) -> None:
        self.code = code

    def eval(self, frame: Frame) -> Signal | None:
        """Push a function that sees the scope it is made in."""
        frame.stack.append(JsFunction(self.code, frame.scope, frame.space))
        frame.space.memory.made(2 * OBJECT + 3 * PROPERTY)
        return PAUSE if frame.space.memory.is_due else None


class Return:
    """`return`, and the end of a program."""

    def eval(self, frame: Frame) -> Signal:
        """The value is on the stack."""
        return RETURN


class Thrown(ThrownError):
    """What `throw` throws: any value."""

    def __init__(self, value: JsValue) -> None:
        super(ThrownError, self).__init__(None, None, value)


class Throw:
    """`throw`."""

    def eval(self, frame: Frame) -> None:
        """Value -> nothing."""
        raise Thrown(frame.stack.pop())


INSTRUCTIONS: Final[dict[str, Any]] = {
    "CALL": Call,
    "CALL_NO_ARGS": CallNoArguments,
    "LOAD_N_TUPLE": LoadArguments,
    "LOAD_CALLEE": LoadCallee,
    "LOAD_METHOD": LoadMethod,
    "CALL_ON_BASE": CallOnBase,
    "CALL_METHOD": CallMethod,
    "CALL_METHOD_NO_ARGS": CallMethodNoArguments,
    "CALL_METHOD_DOT": CallMethodDot,
    "CALL_METHOD_DOT_NO_ARGS": CallMethodDotNoArguments,
    "CALL_EVAL": CallEval,
    "NEW": New,
    "NEW_NO_ARGS": NewNoArguments,
    "LOAD_FUNCTION": LoadFunction,
    "RETURN": Return,
    "THROW": Throw,
}

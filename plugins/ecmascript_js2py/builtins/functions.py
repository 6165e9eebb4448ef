"""Function: ECMAScript 5.1, 15.3; and `eval`, 15.1.2.1."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.conversions import is_callable, is_object, to_string, to_uint32
from mirabelle.plugins.ecmascript_js2py.frames import Frame
from mirabelle.plugins.ecmascript_js2py.functions import BoundFunction, Method, NativeFunction
from mirabelle.plugins.ecmascript_js2py.internals import Arguments, JsValue, null, throw, undefined
from mirabelle.plugins.ecmascript_js2py.limits import ELEMENT
from mirabelle.plugins.ecmascript_js2py.memory import OBJECT, PROPERTY
from mirabelle.plugins.ecmascript_js2py.objects import Descriptor
from mirabelle.plugins.ecmascript_js2py.steps import Steps
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

Forward = Callable[["Space", Arguments], tuple[JsValue, Arguments]]
MOST_ARGUMENTS: Final = 65_535


def empty(space: "Space", this: JsValue) -> JsValue:
    """Function.prototype is itself a function: 15.3.4."""
    return undefined


def evaluate(space: "Space", held: list[JsValue], this: JsValue, source: JsValue = undefined) -> Steps:
    """`eval` by another name: in the scope of the built-ins."""
    if type(source) is not str:
        return source
    unit = yield from space.compiled(source)
    return (yield space.evaluation(unit, space.globals, space.global_object))


def evaluate_here(space: "Space", source: str, frame: Frame) -> Steps:
    """`eval` by that name: in the scope of its caller."""
    unit = yield from space.compiled(source)
    return (yield space.evaluation(unit, frame.scope, frame.this, frame.strict))


def _construct(space: "Space", arguments: Arguments) -> Steps:
    *parameters, body = [to_string(argument) for argument in arguments] or [""]
    listed = ",".join(parameters)
    # Each part must be complete in itself, or it could close the brackets that are put around it.
    for part in (f"(function () {{{body}\n}})", f"(function ({listed}\n) {{}})"):
        unit = yield from space.compiled(part)
        if not unit.is_function:
            throw("SyntaxError", "the parts of a function are not complete in themselves")
    unit = yield from space.compiled(f"(function anonymous({listed}\n) {{{body}\n}})")
    return (yield space.evaluation(unit, space.globals, space.global_object))


def _function(space: "Space", held: list[JsValue], this: JsValue, *arguments: JsValue) -> Steps:
    return _construct(space, arguments)


def _check(this: JsValue) -> None:
    if not is_callable(this):
        throw("TypeError", "a method of functions was called on something else")


def to_text(space: "Space", this: JsValue) -> str:
    """15.3.4.2. The source is not kept."""
    _check(this)
    return f"function {this.name or ''}() {{ [native code] }}"


def _call_parts(space: "Space", arguments: Arguments) -> tuple[JsValue, Arguments]:
    return (arguments[0], arguments[1:]) if arguments else (undefined, ())


def _apply_parts(space: "Space", arguments: Arguments) -> tuple[JsValue, Arguments]:
    this, listed = (*arguments, undefined, undefined)[:2]
    if listed is undefined or listed is null:
        return this, ()
    if not is_object(listed):
        throw("TypeError", "the second argument of apply is not an array")
    length = to_uint32(listed.get("length"))
    if length > MOST_ARGUMENTS:
        throw("RangeError", "too many arguments")
    space.machine.meter.charge(ELEMENT * length)
    return this, tuple(listed.get(str(index)) for index in range(length))


def call(space: "Space", this: JsValue, *arguments: JsValue) -> JsValue:
    """15.3.4.4."""
    _check(this)
    return this.call(*_call_parts(space, arguments))


def apply(space: "Space", this: JsValue, *arguments: JsValue) -> JsValue:
    """15.3.4.3."""
    _check(this)
    return this.call(*_apply_parts(space, arguments))


def bind(space: "Space", this: JsValue, *arguments: JsValue) -> JsValue:
    """15.3.4.5."""
    _check(this)
    bound_this, bound_arguments = _call_parts(space, arguments)
    made = BoundFunction(this, bound_this, bound_arguments, space)
    if len(made.arguments) > MOST_ARGUMENTS:
        throw("RangeError", "too many arguments")
    space.machine.meter.charge(len(made.arguments))
    space.memory.made(OBJECT + PROPERTY + 8 * len(made.arguments))
    return made


def _name(space: "Space", this: JsValue) -> str:
    return str(getattr(this, "name", None) or "")


def _make_name(space: "Space") -> Descriptor:
    """ECMAScript 2015; inherited, so that a function need not hold it."""
    getter = NativeFunction(Method(_name), "name", space)
    return {"get": getter, "set": undefined, "enumerable": False, "configurable": True}


def refuse(space: "Space", this: JsValue) -> JsValue:
    """13.2.3: nobody looks behind a function in strict mode."""
    throw("TypeError", "callee and caller are not to be had in strict mode")


EMPTY: Final = Method(empty)
EVAL: Final = Method(evaluate, steps=True)
POISON: Final = Method(refuse)
CONSTRUCTOR: Final = Method(_function, 1, _construct, steps=True)
CALL: Final = Method(call, 1)
APPLY: Final = Method(apply, 2)
FORWARDERS: Final[dict[Method, Forward]] = {CALL: _call_parts, APPLY: _apply_parts}
METHODS: Final[Table] = {
    "toString": Method(to_text),
    "call": CALL,
    "apply": APPLY,
    "bind": Method(bind, 1),
    "name": _make_name,
}

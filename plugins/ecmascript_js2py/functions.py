"""Functions: of scripts, of the built-in library, and bound ones. ECMAScript 5.1, 13.2 and 15.3.4."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from mirabelle.plugins.ecmascript_js2py.arguments import sloppy, strict
from mirabelle.plugins.ecmascript_js2py.conversions import is_object
from mirabelle.plugins.ecmascript_js2py.frames import Frame
from mirabelle.plugins.ecmascript_js2py.internals import (
    PRIMITIVES,
    Arguments,
    JsValue,
    constant,
    data,
    hidden,
    null,
    throw,
    undefined,
)
from mirabelle.plugins.ecmascript_js2py.limits import NATIVE
from mirabelle.plugins.ecmascript_js2py.objects import JsObject
from mirabelle.plugins.ecmascript_js2py.scopes import AnyScope, FunctionScope, NameScope
from mirabelle.plugins.ecmascript_js2py.steps import Steps, frame_of

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.compiling import Unit
    from mirabelle.plugins.ecmascript_js2py.space import Space

HAS_VARIABLE_ARGUMENTS: Final = 0x04


@dataclass(slots=True)
class FunctionCode:
    """A function as compiled; shared by all function objects made of it."""

    unit: "Unit"
    start: int
    name: str | None
    parameters: tuple[str, ...]
    variables: dict[str, JsValue]
    """Each variable and parameter, undefined."""
    uses_arguments: bool
    binds_own_name: bool
    strict: bool


class FunctionObject(JsObject):
    """What all functions have in common."""

    Class = "Function"
    name: str | None = None
    space: "Space"

    def call(self, this: JsValue, arguments: Arguments = ()) -> JsValue:
        """Call from Python, to the end."""
        raise NotImplementedError

    def create(self, arguments: Arguments, space: "Space") -> JsValue:
        """What `new` gives."""
        throw("TypeError", f"{self.name or 'function'} is not a constructor")

    def has_instance(self, other: JsValue) -> bool:
        """15.3.5.3."""
        if not is_object(other):
            return False
        prototype = self.get("prototype")
        if not is_object(prototype):
            throw("TypeError", "the function has no prototype object")
        ancestor = other.prototype
        while ancestor is not None and ancestor is not prototype:
            ancestor = ancestor.prototype
        return ancestor is prototype


class JsFunction(FunctionObject):
    """A function of a script."""

    def __init__(self, code: FunctionCode, scope: AnyScope, space: "Space") -> None:
        super().__init__(space.FunctionPrototype)
        self.code, self.space, self.name = code, space, code.name
        # 13: the name of a function expression is a variable around it that nobody can assign to.
        self.scope = NameScope({code.name or "": self}, scope) if code.binds_own_name else scope
        prototype = JsObject(space.ObjectPrototype)
        prototype.own["constructor"] = hidden(self)
        self.own["length"] = constant(float(len(code.parameters)))
        self.own["prototype"] = data(prototype, enumerable=False, configurable=False)

    def call(self, this: JsValue, arguments: Arguments = ()) -> JsValue:
        """Called back from Python, it cannot be suspended."""
        return self.space.machine.call_back(self.activation(this, arguments))

    def activation(self, this: JsValue, arguments: Arguments) -> Frame:
        """The frame of one call: 10.4.3."""
        code, space = self.code, self.space
        values = code.variables.copy()
        values.update(zip(code.parameters, arguments, strict=False))
        if code.uses_arguments:
            values = self._with_arguments(values, arguments)
        if not code.strict and type(this) in PRIMITIVES:
            this = space.global_object if this is undefined or this is null else space.wrap(this)
        return Frame(code.unit, code.start, FunctionScope(values, self.scope), this, space, code.strict)

    def _with_arguments(self, values: dict[str, JsValue], arguments: Arguments) -> dict[str, JsValue]:
        if self.code.strict:
            return strict(values, arguments, self.space)
        return sloppy(values, self.code.parameters, arguments, self)

    def construction(self, arguments: Arguments) -> Frame:
        """The frame of one `new`: 13.2.2."""
        prototype = self.get("prototype")
        made = self.space.make_below(prototype if is_object(prototype) else self.space.ObjectPrototype)
        frame = self.activation(made, arguments)
        frame.constructed = made
        return frame

    def create(self, arguments: Arguments, space: "Space") -> JsValue:
        """`new`, from Python."""
        return self.space.machine.call_back(self.construction(arguments))


Constructor = Callable[["Space", Arguments], JsValue]


@dataclass(frozen=True, slots=True)
class Method:
    """A function of the library, as all sessions share it: `function(space, this, *arguments)`.

    Arguments that a script leaves out have the function's defaults, those too many are dropped. `length` is the
    property of that name; without it the number of arguments that the function takes.
    """

    function: Callable[..., JsValue]
    length: int | None = None
    construct: Constructor | None = None
    scans: bool = True
    """Whether its work grows with the strings that it is given."""
    steps: bool = False
    """Whether it is a generator of calls, `function(space, held, this, *arguments)`: see `steps`."""
    cost: int = NATIVE
    """How many instructions one call takes as long as, beside what grows with its arguments."""
    takes: int | None = field(init=False)

    def __post_init__(self) -> None:
        code = self.function.__code__
        takes = None if code.co_flags & HAS_VARIABLE_ARGUMENTS else code.co_argcount - 2 - self.steps
        object.__setattr__(self, "takes", takes)
        if self.length is None:
            object.__setattr__(self, "length", takes or 0)


class NativeFunction(FunctionObject):
    """A function of the library in one session."""

    def __init__(self, method: Method, name: str, space: "Space") -> None:
        super().__init__(space.FunctionPrototype)
        self.method, self.name, self.space = method, name, space
        self.own["length"] = constant(float(method.length or 0))

    def call(self, this: JsValue, arguments: Arguments = ()) -> JsValue:
        """One call; the machine counts those within one another."""
        method, machine = self.method, self.space.machine
        if method.steps:
            return machine.call_back(self.activation(this, arguments))
        machine.enter_native(method.cost)
        try:
            if method.scans:
                machine.meter.charge_strings(this, *arguments)
            return method.function(self.space, this, *arguments[: method.takes])
        finally:
            machine.leave_native()

    def activation(self, this: JsValue, arguments: Arguments) -> Frame:
        """The frame of one call of a function that goes in steps."""
        return frame_of(*self.steps(this, arguments), self.space)

    def steps(self, this: JsValue, arguments: Arguments) -> tuple[Steps, list[JsValue]]:
        """The steps of one call, and what they hold."""
        method = self.method
        self.space.machine.meter.add(method.cost)
        if method.scans:
            self.space.machine.meter.charge_strings(this, *arguments)
        held: list[JsValue] = []
        return method.function(self.space, held, this, *arguments[: method.takes]), held

    def construction(self, arguments: Arguments) -> Frame:
        """The frame of one `new` of a constructor that goes in steps."""
        steps = cast("Steps", self.method.construct and self.method.construct(self.space, arguments))
        return frame_of(steps, [*arguments], self.space)

    def create(self, arguments: Arguments, space: "Space") -> JsValue:
        """Only constructors can."""
        if self.method.construct is None:
            return super().create(arguments, space)
        if self.method.steps:
            return self.space.machine.call_back(self.construction(arguments))
        machine = self.space.machine
        machine.enter_native(self.method.cost)
        try:
            machine.meter.charge_strings(*arguments)
            return self.method.construct(self.space, arguments)
        finally:
            machine.leave_native()


class BoundFunction(FunctionObject):
    """What `bind` makes: 15.3.4.5."""

    target: FunctionObject
    this: JsValue
    arguments: Arguments

    def __init__(self, target: FunctionObject, this: JsValue, arguments: Arguments, space: "Space") -> None:
        super().__init__(space.FunctionPrototype)
        self.name = target.name
        # A bound function that is bound again keeps its `this`, so the two become one.
        if isinstance(target, BoundFunction):
            target, this, arguments = target.target, target.this, target.arguments + arguments
        self.target, self.this, self.arguments = target, this, arguments
        length = target.own["length"]["value"] - len(arguments)
        self.own["length"] = constant(max(0.0, length))

    def call(self, this: JsValue, arguments: Arguments = ()) -> JsValue:
        """The target, with what is bound."""
        return self.target.call(self.this, self.arguments + arguments)

    def create(self, arguments: Arguments, space: "Space") -> JsValue:
        """15.3.4.5.2."""
        return self.target.create(self.arguments + arguments, space)

    def has_instance(self, other: JsValue) -> bool:
        """15.3.4.5.3."""
        return self.target.has_instance(other)

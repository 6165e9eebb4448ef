"""The built-ins of one session, and what makes objects with them."""

import random
from collections.abc import Callable, Generator, Sequence
from typing import Final

from mirabelle.plugins.ecmascript_js2py import library
from mirabelle.plugins.ecmascript_js2py.builtins import errors, functions
from mirabelle.plugins.ecmascript_js2py.builtins.regexps import RegExp, RegExpPatterns
from mirabelle.plugins.ecmascript_js2py.compiling import Unit, UnitCache
from mirabelle.plugins.ecmascript_js2py.frames import Frame
from mirabelle.plugins.ecmascript_js2py.functions import FunctionObject, NativeFunction
from mirabelle.plugins.ecmascript_js2py.internals import (
    JsValue,
    constant,
    hidden,
    null,
    undefined,
)
from mirabelle.plugins.ecmascript_js2py.limits import ELEMENT, Limit, Options
from mirabelle.plugins.ecmascript_js2py.machine import Machine
from mirabelle.plugins.ecmascript_js2py.memory import OBJECT, PROPERTY, Memory
from mirabelle.plugins.ecmascript_js2py.objects import JsArray, JsObject, StringObject
from mirabelle.plugins.ecmascript_js2py.scopes import AnyScope, FunctionScope, VariableScope
from mirabelle.plugins.ecmascript_js2py.steps import waited
from mirabelle.plugins.ecmascript_js2py.tables import LazyTable, Table

# Parsing is slow beside running: one character costs about as much as this many instructions.
WORK_PER_CHARACTER: Final = 16
WORK_PER_SOURCE: Final = 1_500


class Space:
    """One session's objects. js2py's code asks it for prototypes by the names that begin with a capital."""

    def __init__(
        self,
        options: Options,
        units: UnitCache,
        patterns: RegExpPatterns,
        clock: Callable[[], float],
        chance: random.Random,
    ) -> None:
        self.options, self.units, self.patterns, self.clock, self.chance = options, units, patterns, clock, chance
        self.memory = Memory(options.memory)
        self.machine = Machine(options, self.memory)
        self.forwarders = functions.FORWARDERS
        self.joining: list[JsValue] = []
        self._constructors: dict[str, FunctionObject] = {}
        self._eval: FunctionObject | None = None
        self._poison: FunctionObject | None = None
        self._make_prototypes()
        self.global_object = self._prototype(library.GLOBALS, JsObject(self.ObjectPrototype))
        self.globals = VariableScope(self.global_object, None)
        self.memory.watch(self.globals)

    def _make_prototypes(self) -> None:
        self.ObjectPrototype = self._prototype(library.PROTOTYPES["Object"], JsObject(None))
        self.FunctionPrototype: JsObject = self.ObjectPrototype
        function = NativeFunction(functions.EMPTY, "", self)
        function.prototype = self.ObjectPrototype
        length = function.own["length"]
        self.FunctionPrototype = self._prototype(library.PROTOTYPES["Function"], function)
        self.FunctionPrototype.own["length"] = length
        self.ArrayPrototype = self._of_class("Array", JsArray(0, self.ObjectPrototype))
        self.StringPrototype = self._of_class("String", StringObject("", self.ObjectPrototype))
        self.NumberPrototype = self._boxed("Number", 0.0)
        self.BooleanPrototype = self._boxed("Boolean", False)
        self.DatePrototype = self._boxed("Date", float("nan"))
        self.RegExpPrototype = self._of_class("RegExp", RegExp("(?:)", "", self.patterns, self.ObjectPrototype))
        self.errors: dict[str, JsObject] = {}
        for name in errors.NAMES:
            parent = self.errors.get("Error", self.ObjectPrototype)
            prototype = JsObject(parent)
            prototype.Class = "Error"
            self.errors[name] = self._prototype(library.PROTOTYPES[name], prototype)

    def _prototype(self, table: Table, prototype: JsObject) -> JsObject:
        prototype.own = LazyTable(table, self)
        return prototype

    def _of_class(self, name: str, prototype: JsObject) -> JsObject:
        own = prototype.own
        self._prototype(library.PROTOTYPES[name], prototype)
        for key, descriptor in own.items():
            prototype.own[key] = descriptor
        return prototype

    def _boxed(self, name: str, value: JsValue) -> JsObject:
        prototype = JsObject(self.ObjectPrototype)
        prototype.Class = name
        prototype.value = value
        return self._prototype(library.PROTOTYPES[name], prototype)

    def constructor(self, name: str) -> FunctionObject:
        """The built-in constructor of that name, whatever a script has put in its place."""
        made = self._constructors.get(name)
        if made is None:
            method, statics = library.CONSTRUCTORS[name]
            made = NativeFunction(method, name, self)
            length = made.own["length"]
            made.own = LazyTable(statics, self)
            made.own["length"] = length
            made.own["prototype"] = constant(self.prototype_named(name))
            self._constructors[name] = made
        return made

    def prototype_named(self, name: str) -> JsObject:
        """The built-in prototype of the objects that a constructor makes."""
        prototype: JsObject = self.errors[name] if name in self.errors else getattr(self, f"{name}Prototype")
        return prototype

    def prototype_of(self, primitive: JsValue) -> JsObject:
        """Where the properties of a string, number or boolean come from."""
        if type(primitive) is str:
            return self.StringPrototype
        return self.NumberPrototype if type(primitive) is float else self.BooleanPrototype

    def wrap(self, primitive: JsValue) -> JsObject:
        """The object of a string, number or boolean: 9.9."""
        if type(primitive) is str:
            return StringObject(primitive, self.StringPrototype)
        wrapper = JsObject(self.prototype_of(primitive))
        wrapper.Class = "Number" if type(primitive) is float else "Boolean"
        wrapper.value = primitive
        return wrapper

    def make_object(self) -> JsObject:
        """`{}`."""
        return JsObject(self.ObjectPrototype)

    def make_below(self, prototype: JsObject) -> JsObject:
        """An object with that prototype. Raises `Limit`: each look for a property may go through all of them."""
        made = JsObject(prototype)
        made.ancestors = prototype.ancestors + 1
        if made.ancestors > self.options.prototypes:
            raise Limit("prototypes above one another")
        return made

    def make_array(self, elements: Sequence[JsValue]) -> JsArray:
        """An array of JavaScript values; None is a hole."""
        if len(elements) > 16:
            self.machine.meter.charge_array(len(elements))
        made = JsArray(len(elements), self.ArrayPrototype)
        made._init(elements)  # noqa: SLF001 - the name that js2py has given it
        self.memory.made(OBJECT + PROPERTY * len(elements))
        return made

    def make_regexp(self, body: str, flags: str) -> RegExp:
        """`/body/flags`. Raises a SyntaxError of the script."""
        if len(body) > self.options.pattern:
            raise Limit("characters in a regular expression")
        self.machine.meter.charge_suspendable(1 + len(body) * WORK_PER_CHARACTER)
        return RegExp(body, flags, self.patterns, self.RegExpPrototype)

    def make_error(self, name: str, message: str | None) -> JsObject:
        """An error object: 15.11."""
        made = JsObject(self.errors[name])
        made.Class = "Error"
        if message is not None:
            made.own["message"] = hidden(message)
        return made

    def NewError(self, typ: str, message: str) -> JsObject:  # noqa: N802
        """Asked by js2py's exceptions."""
        return self.make_error(typ, message)

    @property
    def poison(self) -> FunctionObject:
        """What strict mode has in the place of `arguments.callee`: 13.2.3."""
        if self._poison is None:
            self._poison = NativeFunction(functions.POISON, "", self)
            self._poison.extensible = False
        return self._poison

    @property
    def eval_function(self) -> JsValue:
        """The built-in `eval`, which knows its caller when it is called by that name."""
        if self._eval is None:
            self._eval = NativeFunction(functions.EVAL, "eval", self)
        return self._eval

    def pay_for_source(self, source: str) -> None:
        """Pay for the parsing of a source that a script makes. Raises `Limit`, also when it is too long for that."""
        if len(source) > self.options.evaluated:
            raise Limit("characters in a source that a script makes")
        if not self.units.holds(source):
            self.machine.meter.charge_suspendable(WORK_PER_SOURCE + WORK_PER_CHARACTER * len(source))

    def compiled(self, source: str) -> Generator[None, JsValue, Unit]:
        """The unit of a source that a script makes. Raises `Limit`, or a SyntaxError of the script."""
        self.pay_for_source(source)
        if self.units.is_at_hand(source):
            return self.units.program(source)
        if not self.machine.can_wait:
            raise Limit("characters in a source that a script makes where it cannot wait")
        return (yield from waited(self.units.beside(source), self))

    def evaluation(self, unit: Unit, scope: AnyScope, this: JsValue, strict: bool = False) -> Frame:
        """The frame of a source that a script evaluates: 10.4.2."""
        if strict or unit.strict:
            scope = FunctionScope({}, scope)
        scope.declare(unit.variables)
        return Frame(unit, 0, scope, this, self, strict or unit.strict)

    def length_of(self, holder: JsValue) -> int:
        """The length of something like an array, that a built-in function is about to go through. It pays for it."""
        from_property = library.length(holder)
        self.machine.meter.charge_array(from_property)
        return from_property

    def size_of(self, holder: JsObject) -> int:
        """How many properties an object has whose names are about to be listed. Raises `Limit` for a long string."""
        if isinstance(holder, StringObject):
            self.machine.meter.check_array(len(holder.value))
            return len(holder.value) + len(holder.own)
        return len(holder.own)

    def names_of(self, holder: JsObject, enumerable: bool = True) -> list[str]:
        """The names of an object's own properties, for a built-in function. It pays for them."""
        self.machine.meter.charge(ELEMENT * self.size_of(holder))
        return holder.enumerable_names() if enumerable else holder.names()

    def is_nothing(self, value: JsValue) -> bool:
        """Whether it is null or undefined."""
        return value is null or value is undefined

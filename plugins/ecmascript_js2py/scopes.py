"""Scopes: what a name means. ECMAScript 5.1, 10.2; VoiceXML 2.0, 5.1.2."""

from collections.abc import Iterable
from typing import Protocol

from mirabelle.plugins.ecmascript_js2py.internals import JsValue, data, throw, undefined
from mirabelle.plugins.ecmascript_js2py.objects import JsObject, refuse_read_only


class AnyScope(Protocol):
    """A link of a scope chain."""

    def get(self, name: str, throws: bool = True) -> JsValue:
        """The value of a variable. An unknown name is a ReferenceError, or undefined where it must not throw."""

    def put(self, name: str, value: JsValue) -> None:
        """Assign to a variable. An unknown name is a ReferenceError."""

    def delete(self, name: str) -> bool:
        """`delete name`."""

    def declare(self, names: Iterable[str]) -> None:
        """What `var` does, when it is met by `eval` or a program."""


class FunctionScope:
    """The variables of one call of a function, or (`block`) the variable of a `catch`."""

    __slots__ = ("block", "parent", "values")

    def __init__(self, values: dict[str, JsValue], parent: AnyScope, block: bool = False) -> None:
        self.values, self.parent, self.block = values, parent, block

    def get(self, name: str, throws: bool = True) -> JsValue:
        """Functions within functions are walked without recursion."""
        scope: AnyScope = self
        while type(scope) is FunctionScope:
            value = scope.values.get(name)
            if value is not None:
                return value
            scope = scope.parent
        return scope.get(name, throws)

    def put(self, name: str, value: JsValue) -> None:
        """As `get`."""
        scope: AnyScope = self
        while type(scope) is FunctionScope:
            if name in scope.values:
                scope.values[name] = value
                return
            scope = scope.parent
        scope.put(name, value)

    def delete(self, name: str) -> bool:
        """Variables stay."""
        return name not in self.values and self.parent.delete(name)

    def declare(self, names: Iterable[str]) -> None:
        """In the function, not in a `catch` within it."""
        if self.block:
            self.parent.declare(names)
        else:
            for name in names:
                self.values.setdefault(name, undefined)


class NameScope:
    """What a function expression calls itself: 13. An assignment to it does nothing."""

    __slots__ = ("parent", "values")

    def __init__(self, values: dict[str, JsValue], parent: AnyScope) -> None:
        self.values, self.parent = values, parent

    def get(self, name: str, throws: bool = True) -> JsValue:
        """The function, else from around it."""
        value = self.values.get(name)
        return self.parent.get(name, throws) if value is None else value

    def put(self, name: str, value: JsValue) -> None:
        """Not to the function."""
        if name not in self.values:
            self.parent.put(name, value)

    def delete(self, name: str) -> bool:
        """The name stays."""
        return name not in self.values and self.parent.delete(name)

    def declare(self, names: Iterable[str]) -> None:
        """Never asked: a function stands between."""
        self.parent.declare(names)


class WithScope:
    """The body of a `with`: the properties of an object, inherited ones too, are names."""

    __slots__ = ("object", "parent")

    def __init__(self, scope_object: JsObject, parent: AnyScope) -> None:
        self.object, self.parent = scope_object, parent

    def get(self, name: str, throws: bool = True) -> JsValue:
        """From the object, else from around it."""
        if self.object.has_property(name):
            return self.object.get(name)
        return self.parent.get(name, throws)

    def put(self, name: str, value: JsValue) -> None:
        """To the object, else around it."""
        if self.object.has_property(name):
            self.object.put(name, value)
        else:
            self.parent.put(name, value)

    def delete(self, name: str) -> bool:
        """From the object, else from around it."""
        if self.object.has_property(name):
            return bool(self.object.delete(name))
        return self.parent.delete(name)

    def declare(self, names: Iterable[str]) -> None:
        """Not in the object."""
        self.parent.declare(names)


def base_of(scope: AnyScope, name: str) -> JsValue:
    """The object of a `with` that a name is a property of, undefined for variables: 10.2.1.2.6."""
    here: AnyScope = scope
    while isinstance(here, WithScope | FunctionScope | NameScope):
        if isinstance(here, WithScope):
            if here.object.has_property(name):
                return here.object
        elif name in here.values:
            return undefined
        here = here.parent
    return undefined


class VariableScope:
    """A scope of VoiceXML. Its table of variables IS the property table of `object`: `x` and `dialog.x` are one.

    Only own properties are names. The outermost one has no parent and holds the built-ins.
    """

    __slots__ = ("__weakref__", "names", "object", "own", "parent", "writable")

    def __init__(
        self, scope_object: JsObject, parent: "VariableScope | None", names: tuple[str, ...] = (), writable: bool = True
    ) -> None:
        self.object, self.own, self.parent, self.names, self.writable = (
            scope_object,
            scope_object.own,
            parent,
            frozenset(names),
            writable,
        )
        for name in names:
            self.own[name] = data(scope_object, writable=False, enumerable=False, configurable=False)

    def _find(self, name: str) -> "VariableScope | None":
        scope: VariableScope | None = self
        while scope is not None and name not in scope.own:
            scope = scope.parent
        return scope

    def get(self, name: str, throws: bool = True) -> JsValue:
        """The innermost variable of that name."""
        scope: VariableScope | None = self
        while scope is not None:
            found = scope.own.get(name)
            if found is not None:
                return found["value"] if "value" in found else scope.object.get(name)
            scope = scope.parent
        if throws:
            throw("ReferenceError", f"{name} is not defined")
        return undefined

    def put(self, name: str, value: JsValue) -> None:
        """An assignment never makes a variable: VoiceXML 2.0, 5.1.1."""
        scope = self._find(name)
        if scope is None:
            throw("ReferenceError", f"{name} is not defined")
        found = scope.own[name]
        if found.get("writable"):
            found["value"] = value
        elif "value" in found:
            # NaN, Infinity and undefined take no notice; what is of the host says so.
            if scope.parent is not None:
                refuse_read_only(name)
        else:
            scope.object.put(name, value)

    def delete(self, name: str) -> bool:
        """`delete name`: a declared variable stays."""
        scope = self._find(name)
        return scope is None or bool(scope.object.delete(name))

    def declare(self, names: Iterable[str]) -> None:
        """A variable that is there keeps its value: 5.3.1."""
        for name in names:
            if name not in self.own:
                if not self.writable:
                    refuse_read_only(name)
                self.own[name] = data(undefined, configurable=False)

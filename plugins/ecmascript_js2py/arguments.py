"""`arguments`: ECMAScript 5.1, 10.6. Outside strict mode its elements and the parameters are the same variables."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mirabelle.plugins.ecmascript_js2py.internals import Arguments, JsValue, data, hidden
from mirabelle.plugins.ecmascript_js2py.objects import Descriptor, JsObject

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.functions import FunctionObject
    from mirabelle.plugins.ecmascript_js2py.space import Space


class ArgumentsObject(JsObject):
    """The arguments of one call. `linked` are those that are parameters: index to name."""

    Class = "Arguments"

    def __init__(self, arguments: Arguments, prototype: JsObject) -> None:
        super().__init__(prototype)
        self.own["length"] = hidden(float(len(arguments)))
        self.own.update((str(index), data(argument)) for index, argument in enumerate(arguments))
        self.linked: dict[str, str] = {}
        self.variables: LinkedVariables | None = None

    def put(self, prop: str, val: JsValue, throw: bool = False) -> None:
        """Writes the parameter too."""
        super().put(prop, val, throw)
        self._share(prop)

    def define_own_property(self, prop: str, desc: Descriptor, throw: bool) -> bool:
        """A getter, or a value that cannot be written, is no parameter any more."""
        done = super().define_own_property(prop, desc, throw)
        if prop in self.linked:
            if "value" in desc:
                self._share(prop)
            if "value" not in self.own[prop] or not self.own[prop]["writable"]:
                self._unlink(prop)
        return done

    def delete(self, prop: str, throw: bool = False) -> bool:
        """What is gone is no parameter any more."""
        done = bool(super().delete(prop, throw))
        if done:
            self._unlink(prop)
        return done

    def _share(self, prop: str) -> None:
        if prop in self.linked and self.variables is not None:
            dict.__setitem__(self.variables, self.linked[prop], self.own[prop]["value"])

    def _unlink(self, prop: str) -> None:
        name = self.linked.pop(prop, None)
        if name is not None and self.variables is not None:
            del self.variables.places[name]


class LinkedVariables(dict[str, JsValue]):
    """The variables of a call whose parameters are elements of `arguments`; `places`: name to index."""

    __slots__ = ("arguments", "places")

    def __init__(self, values: Mapping[str, JsValue], places: dict[str, str], arguments: ArgumentsObject) -> None:
        super().__init__(values)
        self.places, self.arguments = places, arguments
        arguments.linked = {index: name for name, index in places.items()}
        arguments.variables = self

    def __setitem__(self, name: str, value: JsValue) -> None:
        super().__setitem__(name, value)
        place = self.places.get(name)
        if place is not None:
            self.arguments.own[place]["value"] = value


def sloppy(
    values: dict[str, JsValue], parameters: tuple[str, ...], arguments: Arguments, callee: "FunctionObject"
) -> dict[str, JsValue]:
    """The variables of a call, with `arguments` among them. Of parameters with one name the last counts."""
    made = ArgumentsObject(arguments, callee.space.ObjectPrototype)
    made.own["callee"] = hidden(callee)
    values["arguments"] = made
    places = {name: str(index) for index, name in enumerate(parameters[: len(arguments)])}
    return LinkedVariables(values, places, made) if places else values


def strict(values: dict[str, JsValue], arguments: Arguments, space: "Space") -> dict[str, JsValue]:
    """The variables of a call in strict mode: `arguments` keeps what was given."""
    made = ArgumentsObject(arguments, space.ObjectPrototype)
    for name in ("callee", "caller"):
        made.own[name] = {"get": space.poison, "set": space.poison, "enumerable": False, "configurable": False}
    values["arguments"] = made
    return values

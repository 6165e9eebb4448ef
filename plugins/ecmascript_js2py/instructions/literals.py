"""Values that are written out: objects, arrays, regular expressions, `this`."""

from typing import Any, Final

from mirabelle.plugins.ecmascript_js2py.frames import PAUSE, Frame, Signal
from mirabelle.plugins.ecmascript_js2py.internals import data, undefined
from mirabelle.plugins.ecmascript_js2py.memory import OBJECT, PROPERTY
from mirabelle.plugins.ecmascript_js2py.objects import JsObject


def _made(frame: Frame, properties: int) -> Signal | None:
    memory = frame.space.memory
    memory.made(OBJECT + PROPERTY * properties)
    return PAUSE if memory.is_due else None


class LoadObject:
    """`{a: 1, get b() {...}}`: 11.1.5. js2py makes getters of setters."""

    def __init__(self, properties: tuple[tuple[str, str], ...]) -> None:
        self.properties = properties

    def eval(self, frame: Frame) -> Signal | None:
        """The values -> the object."""
        made = frame.space.make_object()
        count = len(self.properties)
        values = frame.stack[-count:] if count else []
        del frame.stack[len(frame.stack) - count :]
        for (name, kind), value in zip(self.properties, values, strict=True):
            self._set(made, name, kind, value)
        frame.stack.append(made)
        return _made(frame, count)

    @staticmethod
    def _set(made: JsObject, name: str, kind: str, value: Any) -> None:
        if kind == "i":
            made.own[name] = data(value)
            return
        accessor = made.own.get(name)
        if accessor is None or "get" not in accessor:
            accessor = {"get": undefined, "set": undefined, "enumerable": True, "configurable": True}
            made.own[name] = accessor
        accessor["get" if kind == "g" else "set"] = value


class LoadArray:
    """`[1, , 2]`: 11.1.4."""

    def __init__(self, count: int) -> None:
        self.count = count

    def eval(self, frame: Frame) -> Signal | None:
        """The elements -> the array."""
        start = len(frame.stack) - self.count
        elements = frame.stack[start:]
        del frame.stack[start:]
        frame.stack.append(frame.space.make_array(elements))
        return _made(frame, 0)


class LoadRegExp:
    """`/a/g`: each time a new object, because it can be changed: 7.8.5."""

    def __init__(self, body: str, flags: str) -> None:
        self.body, self.flags = body, flags

    def eval(self, frame: Frame) -> Signal | None:
        """Push it."""
        frame.stack.append(frame.space.make_regexp(self.body, self.flags))
        return _made(frame, 5)


class LoadThis:
    """`this`."""

    def eval(self, frame: Frame) -> None:
        """Push it."""
        frame.stack.append(frame.this)


class LoadGiven:
    """The value that the host assigns."""

    def eval(self, frame: Frame) -> None:
        """Push it."""
        frame.stack.append(frame.given)


INSTRUCTIONS: Final[dict[str, Any]] = {
    "LOAD_OBJECT": LoadObject,
    "LOAD_ARRAY": LoadArray,
    "LOAD_REGEXP": LoadRegExp,
    "LOAD_THIS": LoadThis,
    "LOAD_GIVEN": LoadGiven,
}

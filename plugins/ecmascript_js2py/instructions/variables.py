"""Variables: reading, assigning, counting, asking for their type."""

from typing import Any, Final

from mirabelle.plugins.ecmascript_js2py.conversions import to_number, type_of
from mirabelle.plugins.ecmascript_js2py.frames import Frame, Signal
from mirabelle.plugins.ecmascript_js2py.instructions.operators import OPERATIONS, account


class Named:
    """An instruction with the name of a variable."""

    def __init__(self, name: str) -> None:
        self.name = name


class Load(Named):
    """The value; an unknown name is a ReferenceError."""

    def eval(self, frame: Frame) -> None:
        """Push it."""
        frame.stack.append(frame.scope.get(self.name))


class Store(Named):
    """`=`."""

    def eval(self, frame: Frame) -> None:
        """The value stays on the stack."""
        frame.scope.put(self.name, frame.stack[-1])


class TypeOf(Named):
    """`typeof name` does not mind an unknown one: 11.4.3."""

    def eval(self, frame: Frame) -> None:
        """Push its type."""
        frame.stack.append(type_of(frame.scope.get(self.name, throws=False)))


class Delete(Named):
    """`delete name`."""

    def eval(self, frame: Frame) -> None:
        """Push whether it is gone."""
        frame.stack.append(frame.scope.delete(self.name))


class StoreOperation:
    """`+=` and the like."""

    def __init__(self, name: str, operator: str) -> None:
        self.name, self.operation = name, OPERATIONS[operator]

    def eval(self, frame: Frame) -> Signal | None:
        """The new value stays on the stack."""
        value = self.operation(frame.scope.get(self.name), frame.stack[-1])
        signal = account(frame, value)
        frame.scope.put(self.name, value)
        frame.stack[-1] = value
        return signal


class Update(Named):
    """`++` and `--`: 11.3, 11.4.4."""

    def __init__(self, post: int, increment: int, name: str) -> None:
        super().__init__(name)
        self.post, self.step = post, 1.0 if increment else -1.0

    def eval(self, frame: Frame) -> None:
        """Push the old value or the new one."""
        old = to_number(frame.scope.get(self.name))
        frame.scope.put(self.name, old + self.step)
        frame.stack.append(old if self.post else old + self.step)


INSTRUCTIONS: Final[dict[str, Any]] = {
    "LOAD": Load,
    "STORE": Store,
    "TYPEOF": TypeOf,
    "DELETE": Delete,
    "STORE_OP": StoreOperation,
    "POSTFIX": Update,
}

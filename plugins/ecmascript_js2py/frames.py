"""A frame: one call of a function, or one run of a program, with all that the run loop needs to go on with it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mirabelle.plugins.ecmascript_js2py.internals import JsValue, undefined

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.compiling import Unit
    from mirabelle.plugins.ecmascript_js2py.scopes import AnyScope
    from mirabelle.plugins.ecmascript_js2py.space import Space


class Signal:
    """What an instruction returns to the run loop beside None (go on), a location (jump) and a frame (call)."""


RETURN = Signal()
"""Leave the frame; the value is on its stack."""
PAUSE = Signal()
"""Go on, but look at the meter first: much work was done outside the loop."""


class Frame:
    """The state of one call. Instructions of js2py know it as `ctx`."""

    __slots__ = (
        "blocks",
        "constructed",
        "evals",
        "given",
        "held",
        "location",
        "scope",
        "space",
        "stack",
        "strict",
        "this",
        "unit",
    )

    def __init__(
        self, unit: "Unit", location: int, scope: "AnyScope", this: JsValue, space: "Space", strict: bool = False
    ) -> None:
        self.unit = unit
        self.evals = unit.evals
        self.location = location
        self.scope = scope
        self.this = this
        self.space = space
        self.strict = strict
        self.stack: list[JsValue] = []
        self.blocks: list[Block] = []
        self.constructed: JsValue = None
        self.given: JsValue = undefined
        self.held: Sequence[JsValue] = ()

    def jump(self, target: int) -> int:
        """Where to go on when the program jumps: out of blocks, through `finally`."""
        blocks = self.blocks
        while blocks and not blocks[-1].start <= target < blocks[-1].end:
            block = blocks.pop()
            block.leave(self)
            if type(block) is FinallyGuard:
                return block.enter(self, target)
        return target

    def leave(self) -> int | None:
        """Where to go on when the program returns; None: nowhere, the value is on the stack."""
        value = self.stack.pop()
        while self.blocks:
            block = self.blocks.pop()
            block.leave(self)
            if type(block) is FinallyGuard:
                return block.enter(self, Returned(value))
        self.stack.append(value)
        return None

    def catch(self, thrown: Any) -> int | None:
        """Where to go on when something is thrown; None: not in this frame."""
        while self.blocks:
            block = self.blocks.pop()
            block.leave(self)
            if type(block) is FinallyGuard:
                return block.enter(self, thrown)
            if type(block) is CatchGuard:
                return block.enter(self, thrown)
        return None


class Returned:
    """A `return` that waits for a `finally`."""

    __slots__ = ("value",)

    def __init__(self, value: JsValue) -> None:
        self.value = value


Pending = int | Returned | Exception | None
"""What happens after a `finally`: a jump, a return, a throw, or nothing special."""


class Block:
    """A part of a function between two locations that must be left in order."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end

    def leave(self, frame: Frame) -> None:
        """Undo what entering did."""


class ScopeBlock(Block):
    """The body of `with` or `catch`: it has a scope of its own."""

    __slots__ = ("outer",)

    def __init__(self, start: int, end: int, outer: "AnyScope") -> None:
        super().__init__(start, end)
        self.outer = outer

    def leave(self, frame: Frame) -> None:
        """Back to the scope around it."""
        frame.scope = self.outer


class ForInBlock(Block):
    """The body of `for`-`in` with the keys that are still to come."""

    __slots__ = ("key", "keys")

    def __init__(self, start: int, end: int, keys: Any) -> None:
        super().__init__(start, end)
        self.keys = keys
        self.key = ""


class Guard(Block):
    """The body of a `try`."""

    __slots__ = ("handler", "height")

    def __init__(self, start: int, end: int, handler: int, height: int) -> None:
        super().__init__(start, end)
        self.handler, self.height = handler, height


class CatchGuard(Guard):
    """... with `catch`."""

    __slots__ = ()

    def enter(self, frame: Frame, thrown: Any) -> int:
        """Put what was thrown where the handler takes it from."""
        del frame.stack[self.height - 1 :]
        frame.stack.append(thrown.get_thrown_value(frame.space))
        return self.handler


class FinallyGuard(Guard):
    """... with `finally`."""

    __slots__ = ("finish",)

    def __init__(self, start: int, end: int, handler: int, finish: int, height: int) -> None:
        super().__init__(start, end, handler, height)
        self.finish = finish

    def enter(self, frame: Frame, pending: Pending) -> int:
        """Run the `finally` and remember what comes after it. The value so far comes back at its end."""
        value = frame.stack[-1] if len(frame.stack) >= self.height else undefined
        del frame.stack[self.height - 1 :]
        frame.stack.append(undefined)
        frame.blocks.append(FinallyBlock(self.handler, self.finish, pending, value))
        return self.handler


class FinallyBlock(Block):
    """The body of a `finally`."""

    __slots__ = ("pending", "value")

    def __init__(self, start: int, end: int, pending: Pending, value: JsValue) -> None:
        super().__init__(start, end)
        self.pending, self.value = pending, value

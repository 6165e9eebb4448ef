"""`try`, `with`, `for`-`in`, and leaving them."""

from collections.abc import Iterator
from typing import Any, Final

from mirabelle.plugins.ecmascript_js2py.conversions import to_object
from mirabelle.plugins.ecmascript_js2py.frames import (
    PAUSE,
    RETURN,
    CatchGuard,
    FinallyBlock,
    FinallyGuard,
    ForInBlock,
    Frame,
    Returned,
    ScopeBlock,
    Signal,
)
from mirabelle.plugins.ecmascript_js2py.internals import null, undefined
from mirabelle.plugins.ecmascript_js2py.limits import ELEMENT
from mirabelle.plugins.ecmascript_js2py.objects import JsObject
from mirabelle.plugins.ecmascript_js2py.scopes import FunctionScope, WithScope


class Labelled:
    """An instruction with locations; `labels` names the attributes that hold them."""

    labels: tuple[str, ...] = ("start", "end")

    def __init__(self, *labels: int) -> None:
        for name, label in zip(self.labels, labels, strict=True):
            setattr(self, name, label)

    start: int
    end: int


class EnterTryCatch(Labelled):
    """The body of `try`; the handler begins where it ends."""

    def eval(self, frame: Frame) -> None:
        """Guard it."""
        frame.blocks.append(CatchGuard(self.start, self.end, self.end, len(frame.stack)))


class EnterCatch:
    """The handler: what was thrown becomes its variable."""

    labels = ("start", "end")

    def __init__(self, name: str, start: int, end: int) -> None:
        self.name, self.start, self.end = name, start, end

    def eval(self, frame: Frame) -> None:
        """Thrown value -> undefined, the value of the statement so far."""
        frame.blocks.append(ScopeBlock(self.start, self.end, frame.scope))
        frame.scope = FunctionScope({self.name: frame.stack[-1]}, frame.scope, block=True)
        frame.stack[-1] = undefined


class LeaveBlock(Labelled):
    """The end of the body of `try` with `catch`, of a handler, of `with`."""

    labels = ("end",)

    def eval(self, frame: Frame) -> int:
        """Go on after the statement."""
        frame.blocks.pop().leave(frame)
        return self.end


class EnterTryFinally(Labelled):
    """The body of `try` (with its handler); `finally` begins where it ends."""

    labels = ("start", "end", "finish")
    finish: int

    def eval(self, frame: Frame) -> None:
        """Guard it."""
        guard = FinallyGuard(self.start, self.end, self.end, self.finish, len(frame.stack))
        frame.blocks.append(guard)


class LeaveTryFinally:
    """The body has ended as it should."""

    def eval(self, frame: Frame) -> int:
        """Go on with `finally`."""
        guard = frame.blocks.pop()
        assert isinstance(guard, FinallyGuard)
        return guard.enter(frame, None)


class EndFinally:
    """`finally` has ended as it should: now what was pending happens."""

    def eval(self, frame: Frame) -> int | Signal | None:
        """Jump, return, throw, or go on."""
        block = frame.blocks.pop()
        assert isinstance(block, FinallyBlock)
        pending = block.pending
        frame.stack[-1] = block.value
        if isinstance(pending, Returned):
            frame.stack[-1] = pending.value
            return RETURN
        if pending is None or isinstance(pending, int):
            return pending
        raise pending


class EnterWith(Labelled):
    """`with`."""

    def eval(self, frame: Frame) -> None:
        """Object -> nothing."""
        scope_object = to_object(frame.stack.pop(), frame.space)
        frame.blocks.append(ScopeBlock(self.start, self.end, frame.scope))
        frame.scope = WithScope(scope_object, frame.scope)


def _keys(start: JsObject) -> Iterator[str]:
    """12.6.4: own properties, then those of the prototypes; deleted ones are left out, hidden ones hide."""
    seen: set[str] = set()
    holder: JsObject | None = start
    while holder is not None:
        for name in holder.names():
            found = None if name in seen else holder.get_own_property(name)
            if found is not None:
                seen.add(name)
                if found["enumerable"]:
                    yield name
        holder = holder.prototype


class EnterForIn(Labelled):
    """`for`-`in`."""

    def eval(self, frame: Frame) -> int | Signal | None:
        """Object -> nothing. null and undefined have no properties."""
        value = frame.stack.pop()
        if value is undefined or value is null:
            return self.end
        holder = to_object(value, frame.space)
        meter = frame.space.machine.meter
        meter.add(ELEMENT * frame.space.size_of(holder))
        frame.blocks.append(ForInBlock(self.start, self.end, _keys(holder)))
        return PAUSE if meter.slice < 0 else None


class NextForIn(Labelled):
    """The next turn, or the end of it."""

    labels = ("end",)

    def eval(self, frame: Frame) -> int | None:
        """The key is kept in the block."""
        block = frame.blocks[-1]
        assert isinstance(block, ForInBlock)
        key = next(block.keys, None)
        if key is None:
            return self.end
        block.key = key
        return None


class LoadForInKey:
    """The key of this turn."""

    def eval(self, frame: Frame) -> None:
        """Push it."""
        block = frame.blocks[-1]
        assert isinstance(block, ForInBlock)
        frame.stack.append(block.key)


INSTRUCTIONS: Final[dict[str, Any]] = {
    "ENTER_TRY_CATCH": EnterTryCatch,
    "ENTER_CATCH": EnterCatch,
    "LEAVE_BLOCK": LeaveBlock,
    "ENTER_TRY_FINALLY": EnterTryFinally,
    "LEAVE_TRY_FINALLY": LeaveTryFinally,
    "END_FINALLY": EndFinally,
    "ENTER_WITH": EnterWith,
    "ENTER_FOR_IN": EnterForIn,
    "NEXT_FOR_IN": NextForIn,
    "LOAD_FOR_IN_KEY": LoadForInKey,
}

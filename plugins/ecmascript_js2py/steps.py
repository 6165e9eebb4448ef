"""Built-in functions that can wait: `sort`, `forEach`, `replace` and others, which call back functions of scripts.

Such a function is a generator. It yields what is to be called and is sent the value; the run loop calls it as it calls
everything else, so that a callback can be suspended wherever it is. What it has made so far it keeps in a list that
the count of memory sees.
"""

from collections.abc import Callable, Generator
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Final, TypeVar, cast

from mirabelle.plugins.ecmascript_js2py.frames import PAUSE, RETURN, Frame, Signal
from mirabelle.plugins.ecmascript_js2py.internals import Arguments, JsValue, undefined

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.compiling import Unit
    from mirabelle.plugins.ecmascript_js2py.space import Space

T = TypeVar("T")
Call = tuple[JsValue, JsValue, Arguments]
"""A function, what it is called on, and its arguments."""
Request = Call | Frame | None
"""What is to be run before it goes on; None: others, if they have waited long enough."""
Steps = Generator[Request, JsValue, JsValue]
Status = Frame | Signal | None
Enter = Callable[[Frame, JsValue, JsValue, Arguments], Status]


class StepsUnit:
    """The instructions of all such functions: go on with the generator, jump back to that; and how they begin."""

    def __init__(self) -> None:
        self.evals: list[Callable[[Frame], Status | int]] = [self._go_on, self._again, self._begin, self._again]
        self.lines = (None,) * len(self.evals)
        self.enter: Enter | None = None

    def _go_on(self, frame: Frame) -> "Status":
        steps: Steps = frame.given
        status = None
        # What is called may be a built-in function itself, and done at once.
        while status is None:
            try:
                request = steps.send(frame.stack.pop() if frame.stack else None)
            except StopIteration as stop:
                frame.stack.append(stop.value)
                return RETURN
            status = self._do(frame, request)
        return status

    def _do(self, frame: Frame, request: Request) -> "Status":
        assert self.enter is not None
        if request is None:
            return PAUSE
        return request if isinstance(request, Frame) else self.enter(frame, *request)

    def _begin(self, frame: Frame) -> "Status":
        request, frame.this = frame.this, undefined
        return self._do(frame, request)

    @staticmethod
    def _again(frame: Frame) -> int:
        return 0


UNIT: Final = StepsUnit()
_BEGINNING: Final = 2


def begun(steps: Steps, held: list[JsValue], caller: Frame) -> Frame | None:
    """Take the first step. What needs no other is done, and its value on the stack of the caller."""
    try:
        request = next(steps)
    except StopIteration as stop:
        caller.stack.append(stop.value)
        return None
    frame = frame_of(steps, held, caller.space)
    frame.this, frame.location = request, _BEGINNING
    return frame


def frame_of(steps: Steps, held: list[JsValue], space: "Space") -> Frame:
    """The frame that runs such a function. `held`: what the count of memory has to see."""
    frame = Frame(cast("Unit", UNIT), 0, space.globals, undefined, space)
    frame.given, frame.held = steps, held
    return frame


def waited(work: "Future[T]", space: "Space") -> Generator[None, JsValue, T]:
    """What is done beside the loop, in a thread. Others run meanwhile, where the script can be suspended."""
    machine = space.machine
    try:
        while not work.done():
            if machine.can_wait:
                machine.meter.slice = 0
                yield None
            else:
                wait([work])
        return work.result()
    finally:
        work.cancel()

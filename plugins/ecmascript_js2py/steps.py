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
Enter = Callable[[Frame, JsValue, JsValue, Arguments], "Frame | Signal | None"]


class StepsUnit:
    """The instructions of all such functions: one that goes on with the generator, and one that jumps back to it."""

    def __init__(self) -> None:
        self.evals: list[Callable[[Frame], Frame | Signal | int | None]] = [self._go_on, self._again]
        self.lines = (None, None)
        self.enter: Enter | None = None

    def _go_on(self, frame: Frame) -> "Frame | Signal | int | None":
        steps: Steps = frame.given
        assert self.enter is not None
        try:
            request = steps.send(frame.stack.pop() if frame.stack else None)
        except StopIteration as stop:
            frame.stack.append(stop.value)
            return RETURN
        if request is None:
            return PAUSE
        return request if isinstance(request, Frame) else self.enter(frame, *request)

    @staticmethod
    def _again(frame: Frame) -> int:
        return 0


UNIT: Final = StepsUnit()


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

"""Making a script look up soon.

QuickJS asks its interrupt handler each ten thousandth time that it comes by (a call, a turn of a loop). When each turn
calls a built-in function that takes its time, that is seconds. So the counter is set to its end from outside, by the
thread that watches. `quickjs.h` has no way to do that; where in a context the counter is, is found out by counting, and
tried, when the process starts. Where it is not found, the counter runs as it does.
"""

import ctypes
from collections.abc import Iterator
from typing import Final

from mirabelle.contrib.ecmascript_quickjs.worker.library import UNDEFINED, InterruptHandler, JsValue, Library

FEW: Final = 7
MORE: Final = 13
LARGEST_COUNT: Final = 1_000_000
LARGEST_CONTEXT: Final = 4096
WIDTH: Final = ctypes.sizeof(ctypes.c_int)


def urge(context: int, offset: int) -> None:
    """Have the interrupt handler asked the next time that the script comes by. The context must be alive."""
    ctypes.c_int.from_address(context + offset).value = 1


def offset_of_counter(library: Library) -> int | None:
    """Where in a context the counter is; None when that cannot be told for certain."""
    runtime = library.NewRuntime()
    context = library.NewContext(runtime)
    trial = _Trial(library, runtime, context)
    try:
        found = [offset for offset in trial.candidates() if trial.works(offset)]
        return found[0] if len(found) == 1 else None
    finally:
        trial.end()
        library.FreeContext(context)
        library.FreeRuntime(runtime)


class _Trial:
    """A context in which an empty function is called."""

    def __init__(self, library: Library, runtime: int, context: int) -> None:
        self._library, self._runtime, self._context = library, runtime, context
        self._asked = 0
        self._handler = InterruptHandler(self._count)
        library.SetInterruptHandler(runtime, self._handler, None)
        source = b"(function () {})"
        self._function = library.Eval(context, source, len(source), b"trial", 0)
        self._size = min(library.malloc_usable_size_rt(runtime, context), LARGEST_CONTEXT) // WIDTH * WIDTH

    def candidates(self) -> Iterator[int]:
        """The places of numbers that go down with each call, as often as there are calls."""
        first = self._numbers()
        self._call(FEW)
        second = self._numbers()
        self._call(MORE)
        third = self._numbers()
        for index, (one, two, three) in enumerate(zip(first, second, third, strict=True)):
            if 0 < three < one <= LARGEST_COUNT and (one - two, two - three) == (FEW, MORE):
                yield index * WIDTH

    def works(self, offset: int) -> bool:
        """Whether the handler is asked at the next call when it is urged there, and not at the one after."""
        asked = self._asked
        urge(self._context, offset)
        self._call(1)
        once = self._asked - asked
        self._call(1)
        return (once, self._asked - asked) == (1, 1)

    def end(self) -> None:
        """Give back what belongs to the context."""
        self._library.FreeValue(self._context, self._function)

    def _numbers(self) -> list[int]:
        content = ctypes.string_at(self._context, self._size)
        return list((ctypes.c_int * (self._size // WIDTH)).from_buffer_copy(content))

    def _call(self, times: int) -> None:
        library, context = self._library, self._context
        for _ in range(times):
            library.FreeValue(context, library.Call(context, self._function, UNDEFINED, 0, (JsValue * 0)()))

    def _count(self, _runtime: int, _opaque: int) -> int:
        self._asked += 1
        return 0

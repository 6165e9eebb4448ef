"""One JavaScript runtime: its limits, its interrupts, and calls of the functions that its program returns."""

import ctypes
import threading
from collections.abc import Callable

from mirabelle.contrib.ecmascript_quickjs.worker.library import (
    NULL,
    TAG_EXCEPTION,
    UNDEFINED,
    ClassDefinition,
    ExoticMethods,
    InterruptHandler,
    JsValue,
    Library,
    SetProperty,
)
from mirabelle.contrib.ecmascript_quickjs.worker.program import Program
from mirabelle.contrib.ecmascript_quickjs.worker.urging import urge


class Stopped(Exception):
    """The interrupt handler ended what was running."""


class Failed(Exception):
    """Something was thrown that the program could not describe: there was no room to do it."""


class Guard:
    """What an assignment to an undeclared name meets: VoiceXML 2.0, 5.1.1.

    An object behind the global one refuses to take properties. A proxy could not: it would also be asked for names that
    are read, and could not tell `x` from `typeof x`.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._methods = ExoticMethods()
        # Kept here, for the library keeps only its address.
        self._refuse = SetProperty(self._refused)
        self._methods.set_property = self._refuse
        self._definition = ClassDefinition(b"Undeclared", None, None, None, ctypes.pointer(self._methods), None)

    def stand_behind(self, runtime: int, context: int) -> None:
        """Put it behind the global object of a context, for good."""
        library = self._library
        identifier = ctypes.c_uint32()
        library.NewClassID(runtime, ctypes.byref(identifier))
        library.NewClass(runtime, identifier.value, ctypes.byref(self._definition))
        home = library.GetGlobalObject(context)
        guard = library.NewObjectProtoClass(context, NULL, identifier.value)
        library.SetPrototype(context, home, guard)
        library.PreventExtensions(context, home)
        library.FreeValue(context, guard)
        library.FreeValue(context, home)

    def _refused(self, context: int, _holder: object, name: int, _value: object, _receiver: object, _flags: int) -> int:
        library = self._library
        string = library.AtomToString(context, name)
        text = library.text_of(context, string) or b"a name"
        library.FreeValue(context, string)
        library.ThrowReferenceError(context, b"%s is not defined", text[:200])
        return -1


class Runtime:
    """A runtime with one context, of one thread at a time.

    `interrupted` is asked now and then while something runs, on the thread that runs it; when it returns True, what
    runs is ended, and no `catch` or `finally` of it sees that.
    """

    def __init__(
        self, library: Library, program: Program, functions: tuple[str, ...], interrupted: Callable[[], bool]
    ) -> None:
        self._library = library
        self._handle = library.NewRuntime()
        self._context = library.NewContext(self._handle)
        self._interrupted = interrupted
        self._stopped = False
        self._depth = 0
        self._deaf = False
        self._life = threading.Lock()
        self._alive = True
        self._handler = InterruptHandler(self._interrupt)
        library.SetInterruptHandler(self._handle, self._handler, None)
        made = program.load(self._context)
        self._functions = {name: library.GetPropertyStr(self._context, made, name.encode()) for name in functions}
        library.FreeValue(self._context, made)

    def limit(self, memory: int, stack: int | None = None) -> None:
        """Bytes that objects and strings may take from here on, and calls of functions."""
        self._library.SetMemoryLimit(self._handle, memory)
        if stack is not None:
            self._library.SetMaxStackSize(self._handle, stack)

    def close_in(self, guard: Guard) -> None:
        """From here on no name becomes a global variable."""
        guard.stand_behind(self._handle, self._context)

    def call(self, function: str, *texts: bytes) -> bytes:
        """Call a function of the program with strings; what it returns, as text. Raises `Stopped` and `Failed`."""
        library, context = self._library, self._context
        arguments = (JsValue * len(texts))()
        if not self._depth:
            library.UpdateStackTop(self._handle)
        self._depth += 1
        try:
            for index, text in enumerate(texts):
                arguments[index] = self._checked(library.new_string(context, text))
            result = self._checked(library.Call(context, self._functions[function], UNDEFINED, len(texts), arguments))
            returned = library.text_of(context, result)
            library.FreeValue(context, result)
        finally:
            self._depth -= 1
            for argument in arguments:
                library.FreeValue(context, argument)
        return returned or b""

    def urge(self, offset: int) -> None:
        """Have the interrupt handler asked soon; from any thread."""
        with self._life:
            if self._alive:
                urge(self._context, offset)

    def run_promises(self) -> bool:
        """What promises have to say; whether there was any. Raises `Stopped`, and does nothing more after that."""
        library = self._library
        if self._deaf or not library.IsJobPending(self._handle):
            return False
        context = ctypes.c_void_p()
        self._depth += 1
        try:
            while library.IsJobPending(self._handle):
                if library.ExecutePendingJob(self._handle, ctypes.byref(context)) < 0:
                    library.FreeValue(self._context, library.GetException(self._context))
                    self._end_stop()
        except Stopped:
            # What is left cannot be taken out, and would stop every evaluation from now on.
            self._deaf = True
            raise
        finally:
            self._depth -= 1
        return True

    def free(self) -> None:
        """Give everything back; nothing may be called after that."""
        library = self._library
        for function in self._functions.values():
            library.FreeValue(self._context, function)
        self._functions.clear()
        with self._life:
            self._alive = False
        library.FreeContext(self._context)
        library.FreeRuntime(self._handle)

    def _interrupt(self, _runtime: int, _opaque: int) -> int:
        self._stopped = self._interrupted()
        return self._stopped

    def _checked(self, value: JsValue) -> JsValue:
        if value.tag != TAG_EXCEPTION:
            return value
        self._library.FreeValue(self._context, self._library.GetException(self._context))
        self._end_stop()
        raise Failed

    def _end_stop(self) -> None:
        if self._stopped:
            self._stopped = False
            raise Stopped

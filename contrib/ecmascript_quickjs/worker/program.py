"""Our own programs, compiled once in a process and loaded into each runtime."""

import ctypes
from typing import Final

from mirabelle.contrib.ecmascript_quickjs.worker.library import TAG_EXCEPTION, JsValue, Library

COMPILE_ONLY: Final = 1 << 5
BYTECODE: Final = 1 << 0
STRIP_SOURCE: Final = 1 << 4


class Defective(Exception):
    """A program of ours that cannot be compiled or loaded."""


class Program:
    """A compiled program; the value of its last expression is an object with functions."""

    def __init__(self, library: Library, source: bytes, name: bytes) -> None:
        self._library = library
        runtime = library.NewRuntime()
        context = library.NewContext(runtime)
        compiled = _checked(library, context, library.Eval(context, source, len(source), name, COMPILE_ONLY))
        length = ctypes.c_size_t()
        pointer = library.WriteObject(context, ctypes.byref(length), compiled, BYTECODE | STRIP_SOURCE)
        self._code = ctypes.string_at(pointer, length.value)
        library.free(context, pointer)
        library.FreeValue(context, compiled)
        library.FreeContext(context)
        library.FreeRuntime(runtime)

    def load(self, context: int) -> JsValue:
        """Run it in a context: what it gives. Raises `Defective`."""
        library = self._library
        function = _checked(library, context, library.ReadObject(context, self._code, len(self._code), BYTECODE))
        return _checked(library, context, library.EvalFunction(context, function))


def _checked(library: Library, context: int, value: JsValue) -> JsValue:
    if value.tag != TAG_EXCEPTION:
        return value
    thrown = library.GetException(context)
    text = library.text_of(context, thrown) or b"no room"
    library.FreeValue(context, thrown)
    raise Defective(text.decode("utf-8", "replace"))

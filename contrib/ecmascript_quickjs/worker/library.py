"""The C interface of quickjs-ng, as the wheel of PyPI's quickjs-ng carries it: decision 0210.

The wheel's own Python interface cannot set an interrupt handler that lets others run. Its shared library exports all of
`quickjs.h`, and this is what we use of that.
"""

import ctypes
from ctypes import CFUNCTYPE, POINTER, c_bool, c_char_p, c_int, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any, Final

TAG_NULL: Final = 2
TAG_UNDEFINED: Final = 3
TAG_EXCEPTION: Final = 6

InterruptHandler = CFUNCTYPE(c_int, c_void_p, c_void_p)


class JsValue(ctypes.Structure):
    """A value on 64-bit machines: a number or a pointer, and which."""

    _fields_ = (("content", c_uint64), ("tag", c_int64))


UNDEFINED: Final = JsValue(0, TAG_UNDEFINED)
NULL: Final = JsValue(0, TAG_NULL)

SetProperty = CFUNCTYPE(c_int, c_void_p, JsValue, c_uint32, JsValue, JsValue, c_int)


class ExoticMethods(ctypes.Structure):
    """How objects of a class answer; what is not given is as for any object."""

    _fields_ = (
        ("get_own_property", c_void_p),
        ("get_own_property_names", c_void_p),
        ("delete_property", c_void_p),
        ("define_own_property", c_void_p),
        ("has_property", c_void_p),
        ("get_property", c_void_p),
        ("set_property", SetProperty),
    )


class ClassDefinition(ctypes.Structure):
    """A class of objects."""

    _fields_ = (
        ("name", c_char_p),
        ("finalizer", c_void_p),
        ("gc_mark", c_void_p),
        ("call", c_void_p),
        ("exotic", POINTER(ExoticMethods)),
        ("can_destroy", c_void_p),
    )


class Library:
    """The functions, each under its name without the prefix.

    Raises `OSError` or `AttributeError` when the file is no such library.
    """

    def __init__(self, path: str) -> None:
        if ctypes.sizeof(c_void_p) != 8:
            raise OSError("quickjs-ng has another layout of values on machines that are not 64-bit")
        # Whatever may take long lets other threads run; for what does not, doing so would cost more than the call.
        self._long, self._short = ctypes.CDLL(path), ctypes.PyDLL(path)
        context = runtime = c_void_p
        short, long = self._short_function, self._long_function
        self.NewRuntime = short("NewRuntime", runtime)
        self.FreeRuntime = long("FreeRuntime", None, runtime)
        self.SetMemoryLimit = short("SetMemoryLimit", None, runtime, c_size_t)
        self.SetMaxStackSize = short("SetMaxStackSize", None, runtime, c_size_t)
        self.UpdateStackTop = short("UpdateStackTop", None, runtime)
        self.SetInterruptHandler = short("SetInterruptHandler", None, runtime, InterruptHandler, c_void_p)
        self.IsJobPending = short("IsJobPending", c_bool, runtime)
        self.ExecutePendingJob = long("ExecutePendingJob", c_int, runtime, POINTER(context))
        self.NewContext = long("NewContext", context, runtime)
        self.FreeContext = long("FreeContext", None, context)
        self.Eval = long("Eval", JsValue, context, c_char_p, c_size_t, c_char_p, c_int)
        self.EvalFunction = long("EvalFunction", JsValue, context, JsValue)
        self.ReadObject = long("ReadObject", JsValue, context, c_char_p, c_size_t, c_int)
        self.WriteObject = short("WriteObject", c_void_p, context, POINTER(c_size_t), JsValue, c_int)
        self.Call = long("Call", JsValue, context, JsValue, JsValue, c_int, POINTER(JsValue))
        self.NewStringLen = short("NewStringLen", JsValue, context, c_char_p, c_size_t)
        self.ToCStringLen2 = short("ToCStringLen2", c_void_p, context, POINTER(c_size_t), JsValue, c_int)
        self.FreeCString = short("FreeCString", None, context, c_void_p)
        self.FreeValue = short("FreeValue", None, context, JsValue)
        self.GetException = short("GetException", JsValue, context)
        self.GetPropertyStr = short("GetPropertyStr", JsValue, context, JsValue, c_char_p)
        self.GetGlobalObject = short("GetGlobalObject", JsValue, context)
        self.SetPrototype = short("SetPrototype", c_int, context, JsValue, JsValue)
        self.PreventExtensions = short("PreventExtensions", c_int, context, JsValue)
        self.NewClassID = short("NewClassID", c_uint32, runtime, POINTER(c_uint32))
        self.NewClass = short("NewClass", c_int, runtime, c_uint32, POINTER(ClassDefinition))
        self.NewObjectProtoClass = short("NewObjectProtoClass", JsValue, context, JsValue, c_uint32)
        self.AtomToString = short("AtomToString", JsValue, context, c_uint32)
        sized = (runtime, c_void_p)
        self.malloc_usable_size_rt = _function(self._short, "js_malloc_usable_size_rt", c_size_t, sized)
        self.free = _function(self._short, "js_free", None, (context, c_void_p))
        self.ThrowReferenceError = short("ThrowReferenceError", JsValue, context, c_char_p, c_char_p)

    def _short_function(self, name: str, result: Any, *arguments: Any) -> Any:
        return _function(self._short, f"JS_{name}", result, arguments)

    def _long_function(self, name: str, result: Any, *arguments: Any) -> Any:
        return _function(self._long, f"JS_{name}", result, arguments)

    # ---- texts ----

    def new_string(self, context: int, text: bytes) -> JsValue:
        """A string from UTF-8."""
        made: JsValue = self.NewStringLen(context, text, len(text))
        return made

    def text_of(self, context: int, value: JsValue) -> bytes | None:
        """The UTF-8 of a string; None when there is no room for it, with an exception pending."""
        length = c_size_t()
        pointer = self.ToCStringLen2(context, ctypes.byref(length), value, 0)
        if not pointer:
            return None
        try:
            return ctypes.string_at(pointer, length.value)
        finally:
            self.FreeCString(context, pointer)


def _function(library: Any, name: str, result: Any, arguments: tuple[Any, ...]) -> Any:
    function = library[name]
    function.restype, function.argtypes = result, arguments
    return function

"""All tables of the library by name."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.builtins import (
    array_callbacks,
    arrays,
    booleans,
    date_methods,
    dates,
    errors,
    functions,
    global_functions,
    json_parsing,
    json_writing,
    mathematics,
    number_formats,
    object_properties,
    objects,
    regexps,
    string_matching,
    strings,
    uris,
)
from mirabelle.plugins.ecmascript_js2py.conversions import to_uint32
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import INFINITY, NAN, JsValue, constant, hidden, undefined
from mirabelle.plugins.ecmascript_js2py.objects import Descriptor, JsObject
from mirabelle.plugins.ecmascript_js2py.tables import NOTHING, LazyTable, Make, Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space


def length(holder: JsValue) -> int:
    """The length of something like an array."""
    return to_uint32(holder.get("length"))


def _constructor(name: str) -> Make:
    return lambda space: hidden(space.constructor(name))


def _singleton(name: str, table: Table) -> Make:
    def make(space: "Space") -> Descriptor:
        made = JsObject(space.ObjectPrototype)
        made.Class = name
        made.own = LazyTable(table, space)
        return hidden(made)

    return make


def _value(descriptor: Descriptor) -> Callable[["Space"], Descriptor]:
    return lambda space: dict(descriptor)


CONSTRUCTORS: Final[dict[str, tuple[Method, Table]]] = {
    "Object": (objects.CONSTRUCTOR, object_properties.STATICS),
    "Function": (functions.CONSTRUCTOR, NOTHING),
    "Array": (arrays.CONSTRUCTOR, arrays.STATICS),
    "String": (strings.CONSTRUCTOR, strings.STATICS),
    "Number": (number_formats.CONSTRUCTOR, number_formats.STATICS),
    "Boolean": (booleans.CONSTRUCTOR, NOTHING),
    "Date": (dates.CONSTRUCTOR, dates.STATICS),
    "RegExp": (regexps.CONSTRUCTOR, NOTHING),
    **{name: (errors.constructor(name), NOTHING) for name in errors.NAMES},
}

_METHODS: Final[dict[str, Table]] = {
    "Object": objects.METHODS,
    "Function": functions.METHODS,
    "Array": {**arrays.METHODS, **array_callbacks.METHODS},
    "String": {**strings.METHODS, **string_matching.METHODS},
    "Number": number_formats.METHODS,
    "Boolean": booleans.METHODS,
    "Date": date_methods.METHODS,
    "RegExp": regexps.METHODS,
    **{name: errors.prototype(name) for name in errors.NAMES},
}

PROTOTYPES: Final[dict[str, Table]] = {
    name: {"constructor": _constructor(name), **methods} for name, methods in _METHODS.items()
}

GLOBALS: Final[Table] = {
    "NaN": _value(constant(NAN)),
    "Infinity": _value(constant(INFINITY)),
    "undefined": _value(constant(undefined)),
    "Math": _singleton("Math", mathematics.MEMBERS),
    "JSON": _singleton("JSON", {**json_parsing.METHODS, **json_writing.METHODS}),
    "eval": lambda space: hidden(space.eval_function),
    **{name: _constructor(name) for name in CONSTRUCTORS},
    **global_functions.METHODS,
    **uris.METHODS,
}

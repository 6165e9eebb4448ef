"""Variables for traces: JSON-safe, bounded in depth, breadth, length and in all. No script is run for it."""

import math
from collections.abc import Mapping
from typing import Any, Final

from mirabelle.plugins.ecmascript_js2py.border import json_primitive
from mirabelle.plugins.ecmascript_js2py.builtins.date_methods import iso_text
from mirabelle.plugins.ecmascript_js2py.conversions import is_callable, is_object
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, undefined
from mirabelle.plugins.ecmascript_js2py.objects import JsObject
from mirabelle.plugins.ecmascript_js2py.texts import leaving
from mirabelle.vxml_interpreter.script import Json

SHOWN_DEPTH: Final = 4
SHOWN_ITEMS: Final = 50
SHOWN_CHARACTERS: Final = 200
SHOWN_IN_ALL: Final = 500


def shown(variables: Mapping[str, Any]) -> dict[str, Json]:
    """The variables of a scope for a trace: JSON-safe, bounded in depth, breadth, length and in all."""
    return _Showing().variables(variables)


class _Showing:
    def __init__(self) -> None:
        self._left = SHOWN_IN_ALL
        self._inside: list[JsValue] = []

    def variables(self, variables: Mapping[str, Any]) -> dict[str, Json]:
        return {_short(name): self.value(found.get("value", undefined)) for name, found in variables.items()}

    def value(self, value: JsValue) -> Json:
        self._left -= 1
        if type(value) is str:
            return _short(value)
        if not is_object(value):
            return json_primitive(value)
        if is_callable(value):
            return "[function]"
        if value.Class in ("String", "Number", "Boolean"):
            return self.value(value.value)
        if value.Class == "Date" and math.isfinite(value.value):
            return iso_text(value.value)
        if len(self._inside) >= SHOWN_DEPTH or self._left <= 0 or any(value is other for other in self._inside):
            return f"[{value.Class}]"
        return self._structure(value)

    def _structure(self, value: JsObject) -> Json:
        self._inside.append(value)
        keys = [key for key in value.enumerable_names()[:SHOWN_ITEMS] if key in value.own]
        items = {key: self.value(value.own[key].get("value", undefined)) for key in keys if self._left > 0}
        self._inside.pop()
        return list(items.values()) if value.Class == "Array" else {_short(key): item for key, item in items.items()}


def _short(text: str) -> str:
    return leaving(text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}...")

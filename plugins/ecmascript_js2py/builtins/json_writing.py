"""JSON.stringify: ECMAScript 5.1, 15.12.3."""

import json
import math
from collections.abc import Generator
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.conversions import (
    class_of,
    is_callable,
    is_object,
    number_to_text,
    to_index,
    to_number,
    to_string,
)
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, null, throw, undefined
from mirabelle.plugins.ecmascript_js2py.limits import DEEPEST_JSON, Limit
from mirabelle.plugins.ecmascript_js2py.steps import Request, Steps
from mirabelle.plugins.ecmascript_js2py.tables import Table
from mirabelle.plugins.ecmascript_js2py.texts import HALF

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space


Text = Generator[Request, JsValue, str | None]
VALUE: Final = 20
"""Writing or reading one value takes about as long as this many instructions."""


def quote(text: str) -> str:
    """15.12.3, Quote; halves of surrogate pairs are escaped, so that the outcome is a text that can be sent."""
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted if quoted.isascii() else HALF.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


class Writer:
    """One call. Its methods are generators, because what they call may wait: see `steps`."""

    def __init__(self, space: "Space", replacer: JsValue, gap: str) -> None:
        self.space, self.gap = space, gap
        self.function = replacer if is_callable(replacer) else None
        self.names = None if self.function is not None else _names(replacer, space)
        self.inside: list[JsValue] = []
        self.size = 0

    def write(self, name: str, holder: JsValue) -> Text:
        """The text of a property, None for what JSON leaves out."""
        value = yield from self._value(name, holder)
        if value is null or type(value) is bool:
            return self._count(to_string(value))
        if type(value) is str:
            return self._count(quote(value))
        if type(value) is float:
            return self._count(number_to_text(value) if math.isfinite(value) else "null")
        if value is undefined or is_callable(value):
            return None
        return (yield from self._structure(value))

    def _value(self, name: str, holder: JsValue) -> Steps:
        meter = self.space.machine.meter
        meter.charge(VALUE)
        if meter.slice < 0:
            yield None
        value = holder.get(name)
        if is_object(value):
            method = value.get("toJSON")
            if is_callable(method):
                value = yield method, value, (name,)
        if self.function is not None:
            value = yield self.function, holder, (name, value)
        kind = class_of(value)
        if kind == "Number":
            return to_number(value)
        if kind == "String":
            return to_string(value)
        return value.value if kind == "Boolean" and is_object(value) else value

    def _count(self, text: str) -> str:
        self._count_layout(len(text))
        return text

    def _count_layout(self, length: int) -> None:
        # The same object may be written many times: all pieces together are bounded before they are joined.
        self.size += length
        self.space.machine.meter.check_string(self.size)

    def _structure(self, value: JsValue) -> Text:
        if any(value is other for other in self.inside):
            throw("TypeError", "a cyclic structure cannot be JSON")
        if len(self.inside) >= DEEPEST_JSON:
            raise Limit("depth of JSON")
        self.inside.append(value)
        text = yield from self._array(value) if class_of(value) == "Array" else self._object(value)
        self.inside.pop()
        return text

    def _array(self, value: JsValue) -> Text:
        items: list[str] = []
        for index in range(self.space.length_of(value)):
            items.append((yield from self.write(str(index), value)) or "null")  # noqa: PERF401 - it may wait
        return self._bracketed("[", items, "]")

    def _object(self, value: JsValue) -> Text:
        names = self.space.names_of(value) if self.names is None else self.names
        colon = ": " if self.gap else ":"
        members: list[str] = []
        for name in names:
            text = yield from self.write(name, value)
            if text is not None:
                members.append(f"{self._count(quote(name))}{colon}{text}")
        return self._bracketed("{", members, "}")

    def _bracketed(self, opening: str, parts: list[str], closing: str) -> str:
        if not parts:
            return opening + closing
        depth = len(self.inside)
        self._count_layout(len(parts) * (depth * len(self.gap) + 2))
        if not self.gap:
            return opening + ",".join(parts) + closing
        line = "\n" + self.gap * depth
        return f"{opening}{line}{f',{line}'.join(parts)}\n{self.gap * (depth - 1)}{closing}"


def _names(replacer: JsValue, space: "Space") -> list[str] | None:
    if class_of(replacer) != "Array":
        return None
    items = (replacer.get(str(index)) for index in range(space.length_of(replacer)))
    wanted = [to_string(item) for item in items if class_of(item) in ("String", "Number")]
    return list(dict.fromkeys(wanted))


def _gap(value: JsValue) -> str:
    if class_of(value) == "Number":
        return " " * max(0, min(10, to_index(value)))
    return to_string(value)[:10] if class_of(value) == "String" else ""


def stringify(
    space: "Space",
    held: list[JsValue],
    this: JsValue,
    value: JsValue = undefined,
    replacer: JsValue = undefined,
    gap: JsValue = undefined,
) -> Steps:
    """15.12.3."""
    root = space.make_object()
    root.put("", value)
    writer = Writer(space, replacer, _gap(gap))
    held.append(root)
    text = yield from writer.write("", root)
    space.memory.made(writer.size)
    return undefined if text is None else text


METHODS: Final[Table] = {"stringify": Method(stringify, steps=True)}

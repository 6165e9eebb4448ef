"""match, replace, search, split: ECMAScript 5.1, 15.5.4.10 to 14."""

import re
from collections.abc import Generator
from typing import TYPE_CHECKING, Final, NamedTuple

from mirabelle.plugins.ecmascript_js2py.builtins.regexps import RegExp, after, captured, execute
from mirabelle.plugins.ecmascript_js2py.builtins.strings import own_text
from mirabelle.plugins.ecmascript_js2py.conversions import is_callable, to_string, to_uint32
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, null, undefined
from mirabelle.plugins.ecmascript_js2py.steps import Steps
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

REPLACEMENT: Final = re.compile(r"\$(?:([$&`'])|(\d{1,2}))")


class Found(NamedTuple):
    """A match, be it of a regular expression or of a string."""

    start: int
    end: int
    text: str
    groups: list[JsValue]
    further: int
    """Where to look for the next one."""


def _expression(value: JsValue, space: "Space") -> RegExp:
    if isinstance(value, RegExp):
        return value
    return space.make_regexp("" if value is undefined else to_string(value), "")


def match(space: "Space", held: list[JsValue], this: JsValue, sought: JsValue = undefined) -> Steps:
    """15.5.4.10."""
    text, expression = own_text(this), _expression(sought, space)
    if not expression.is_global:
        return (yield from execute(expression, text, space))
    expression.put("lastIndex", 0.0, True)
    start = 0
    while start <= len(text):
        found = yield from expression.search(text, start, space)
        if found is None:
            break
        held.append(found.group())
        start = after(found)
    return space.make_array(held) if held else null


def search(space: "Space", held: list[JsValue], this: JsValue, sought: JsValue = undefined) -> Steps:
    """15.5.4.12."""
    text = own_text(this)
    found = yield from _expression(sought, space).search(text, 0, space)
    return -1.0 if found is None else float(found.start())


def _next(sought: "RegExp | str", text: str, start: int, space: "Space") -> Generator[None, JsValue, Found | None]:
    if isinstance(sought, str):
        position = text.find(sought) if start == 0 else -1
        return None if position < 0 else Found(position, position + len(sought), sought, [], len(text) + 1)
    match = (yield from sought.search(text, start, space)) if start <= len(text) else None
    if match is None:
        return None
    further = after(match) if sought.is_global else len(text) + 1
    return Found(match.start(), match.end(), match.group(), captured(match), further)


def _filled(template: str, found: Found, text: str, space: "Space") -> str:
    made: list[str] = []
    size = last = 0
    for reference in REPLACEMENT.finditer(template):
        made += (template[last : reference.start()], _referred(reference, found, text))
        size += len(made[-1]) + len(made[-2])
        space.machine.meter.check_string(size)
        last = reference.end()
    return "".join([*made, template[last:]])


def _referred(reference: "re.Match[str]", found: Found, text: str) -> str:
    sign, digits = reference.groups()
    if sign:
        return {"$": "$", "&": found.text, "`": text[: found.start], "'": text[found.end :]}[sign]
    for length in (2, 1):
        number = int(digits[:length])
        if 0 < number <= len(found.groups):
            group = found.groups[number - 1]
            return ("" if group is undefined else to_string(group)) + digits[length:]
    return reference.group()


def replace(
    space: "Space", held: list[JsValue], this: JsValue, sought: JsValue = undefined, replacement: JsValue = undefined
) -> Steps:
    """15.5.4.11."""
    text = own_text(this)
    wanted = sought if isinstance(sought, RegExp) else to_string(sought)
    template = None if is_callable(replacement) else to_string(replacement)
    if isinstance(wanted, RegExp) and wanted.is_global:
        wanted.put("lastIndex", 0.0, True)
    meter = space.machine.meter
    made: list[str] = []
    size = last = start = 0
    while (found := (yield from _next(wanted, text, start, space))) is not None:
        if template is None:
            arguments = (found.text, *found.groups, float(found.start), text)
            inserted = to_string((yield replacement, undefined, arguments))
        else:
            inserted = _filled(template, found, text, space)
        made += (text[last : found.start], inserted)
        size += found.start - last + len(inserted)
        meter.check_string(size)
        last, start = found.end, found.further
    made.append(text[last:])
    meter.check_string(size + len(made[-1]))
    space.memory.made(size)
    return "".join(made)


def _split_by_expression(
    expression: RegExp, text: str, made: list[JsValue], most: int, space: "Space"
) -> Generator[None, JsValue, None]:
    last = start = 0
    while len(made) < most and start <= len(text):
        found = yield from expression.search(text, start, space)
        if found is None:
            break
        start = after(found)
        # An empty match at the end of the last part or of the text divides nothing; any in an empty text leaves none.
        if not text:
            return
        if found.end() != last and found.start() < len(text):
            made += (text[last : found.start()], *captured(found))
            last = found.end()
            space.machine.meter.check_array(len(made))
    made.append(text[last:])


def _split_by_text(separator: str, text: str, most: int, space: "Space") -> list[JsValue]:
    if not separator:
        return [*text[: min(most, space.options.array + 1)]]
    parts = text.split(separator, space.options.array + 1)
    return [*parts[:most]]


def split(
    space: "Space", held: list[JsValue], this: JsValue, separator: JsValue = undefined, limit: JsValue = undefined
) -> Steps:
    """15.5.4.14."""
    text = own_text(this)
    most = 0xFFFFFFFF if limit is undefined else to_uint32(limit)
    if isinstance(separator, RegExp):
        yield from _split_by_expression(separator, text, held, most, space)
    else:
        held += [text] if separator is undefined else _split_by_text(to_string(separator), text, most, space)
    return space.make_array(held[:most])


METHODS: Final[Table] = {
    "match": Method(match, steps=True),
    "search": Method(search, steps=True),
    "replace": Method(replace, steps=True),
    "split": Method(split, steps=True),
}

"""match, replace, search, split: ECMAScript 5.1, 15.5.4.10 to 14."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from mirabelle.plugins.ecmascript_js2py.builtins.regexps import RegExp, captured, execute
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


def _expression(value: JsValue, space: "Space") -> RegExp:
    if isinstance(value, RegExp):
        return value
    return space.make_regexp("" if value is undefined else to_string(value), "")


def match(space: "Space", this: JsValue, sought: JsValue = undefined) -> JsValue:
    """15.5.4.10."""
    text, expression = own_text(this), _expression(sought, space)
    if not expression.is_global:
        return execute(expression, text, space)
    expression.put("lastIndex", 0.0, True)
    found = [found.group() for found in expression.matches(text, space)]
    return space.make_array(found) if found else null


def search(space: "Space", this: JsValue, sought: JsValue = undefined) -> float:
    """15.5.4.12."""
    found = _expression(sought, space).search(own_text(this), 0, space)
    return -1.0 if found is None else float(found.start())


def _find(sought: JsValue, text: str, space: "Space") -> Iterator[Found]:
    if not isinstance(sought, RegExp):
        part = to_string(sought)
        start = text.find(part)
        if start >= 0:
            yield Found(start, start + len(part), part, [])
        return
    if sought.is_global:
        sought.put("lastIndex", 0.0, True)
    for found in sought.matches(text, space):
        yield Found(found.start(), found.end(), found.group(), captured(found))
        if not sought.is_global:
            return


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
    matches = _find(sought, text, space)
    template = None if is_callable(replacement) else to_string(replacement)
    meter = space.machine.meter
    made: list[str] = []
    size = last = 0
    for found in matches:
        if template is None:
            arguments = (found.text, *found.groups, float(found.start), text)
            inserted = to_string((yield replacement, undefined, arguments))
        else:
            inserted = _filled(template, found, text, space)
        made += (text[last : found.start], inserted)
        size += found.start - last + len(inserted)
        meter.check_string(size)
        last = found.end
    made.append(text[last:])
    meter.check_string(size + len(made[-1]))
    space.memory.made(size)
    return "".join(made)


def _split_by_expression(expression: RegExp, text: str, space: "Space") -> Iterator[JsValue]:
    if not text:
        if expression.search(text, 0, space) is None:
            yield text
        return
    last = 0
    for found in expression.matches(text, space):
        # An empty match at the end of the last part or of the text divides nothing.
        if found.end() == last or found.start() >= len(text):
            continue
        yield text[last : found.start()]
        yield from captured(found)
        last = found.end()
    yield text[last:]


def _split_by_text(separator: str, text: str) -> Iterator[JsValue]:
    if not separator:
        yield from text
        return
    start = 0
    while (end := text.find(separator, start)) >= 0:
        yield text[start:end]
        start = end + len(separator)
    yield text[start:]


def split(space: "Space", this: JsValue, separator: JsValue = undefined, limit: JsValue = undefined) -> JsValue:
    """15.5.4.14."""
    text = own_text(this)
    most = 0xFFFFFFFF if limit is undefined else to_uint32(limit)
    if isinstance(separator, RegExp):
        parts = _split_by_expression(separator, text, space)
    elif separator is undefined:
        parts = iter([text])
    else:
        parts = _split_by_text(to_string(separator), text)
    made: list[JsValue] = []
    for part in parts:
        if len(made) >= most:
            break
        made.append(part)
        if len(made) > space.options.array:
            space.machine.meter.charge_array(len(made))
    return space.make_array(made)


METHODS: Final[Table] = {
    "match": Method(match),
    "search": Method(search),
    "replace": Method(replace, steps=True),
    "split": Method(split),
}

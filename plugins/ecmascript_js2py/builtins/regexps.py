"""RegExp: ECMAScript 5.1, 15.10. The matching is done by the module `regex`, because it can be stopped."""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, TypeVar

import regex

from mirabelle.plugins.ecmascript_js2py.builtins.regexp_translation import Translation
from mirabelle.plugins.ecmascript_js2py.conversions import class_of, is_object, to_index, to_string
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import Arguments, JsValue, constant, data, null, throw, undefined
from mirabelle.plugins.ecmascript_js2py.limits import Limit, Meter
from mirabelle.plugins.ecmascript_js2py.objects import JsObject
from mirabelle.plugins.ecmascript_js2py.steps import Steps, waited
from mirabelle.plugins.ecmascript_js2py.tables import Table

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

T = TypeVar("T")
FLAGS: Final = "gim"
AT_ONCE: Final = 0.01
"""Seconds that a search may take while others wait; few take a thousandth of that."""
UNWRITABLE: Final = re.compile(r"(\\[^\n\r\u2028\u2029]|\[(?:\\.|[^\]\\\n\r\u2028\u2029])*\])|[/\n\r\u2028\u2029]")
SPELLINGS: Final = {"/": "\\/", "\n": "\\n", "\r": "\\r", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class RegExpPatterns:
    """Compiled patterns, shared by all sessions; the least recently used is dropped first. Any thread may ask."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._patterns: OrderedDict[tuple[str, str], Any] = OrderedDict()
        self._lock = threading.Lock()
        self._beside = ThreadPoolExecutor(1, "patterns")

    def compiled(self, body: str, flags: str) -> Any:
        """The pattern. Raises a SyntaxError of the script."""
        key = body, flags.replace("g", "")
        with self._lock:
            pattern = self._patterns.get(key)
            if pattern is not None:
                self._patterns.move_to_end(key)
                return pattern
        pattern = self._compile(body, flags)
        with self._lock:
            self._patterns[key] = pattern
            if len(self._patterns) > self._size:
                self._patterns.popitem(last=False)
        return pattern

    def beside(self, work: Callable[..., T], *arguments: Any) -> "Future[T]":
        """Have something done in a thread that lets others run, one after the other."""
        return self._beside.submit(work, *arguments)

    @staticmethod
    def _compile(body: str, flags: str) -> Any:
        translated = Translation(body, "m" in flags).translate()
        options = regex.VERSION0 | (regex.IGNORECASE if "i" in flags else 0)
        try:
            return regex.compile(translated, options, cache_pattern=False)
        except regex.error as error:
            throw("SyntaxError", f"invalid regular expression /{body}/: {error}")
        except RecursionError:
            raise Limit("depth of a regular expression") from None


def as_source(body: str) -> str:
    """15.10.4.1: what can stand between slashes and means the same."""
    return UNWRITABLE.sub(lambda found: found.group(1) or SPELLINGS[found.group()], body) or "(?:)"


class RegExp(JsObject):
    """A regular expression; `value` is its source."""

    Class = "RegExp"

    def __init__(self, body: str, flags: str, patterns: RegExpPatterns, prototype: JsObject) -> None:
        super().__init__(prototype)
        if len(set(flags)) != len(flags) or not set(flags) <= set(FLAGS):
            throw("SyntaxError", f"invalid flags of a regular expression: {flags}")
        self.pattern = patterns.compiled(body, flags)
        self.patterns = patterns
        self.value = body
        self.flags = flags
        self.own.update(
            source=constant(as_source(body)),
            ignoreCase=constant("i" in flags),
            multiline=constant("m" in flags),
            lastIndex=data(0.0, enumerable=False, configurable=False),
        )
        self.own["global"] = constant("g" in flags)

    @property
    def is_global(self) -> bool:
        """Whether it has the flag `g`."""
        return "g" in self.flags

    def search(self, text: str, start: int, space: "Space") -> Generator[None, JsValue, Any]:
        """The first match from there on, or None; what takes long goes on in a thread. Raises `Limit` after a while."""
        meter = space.machine.meter
        try:
            match = self._timed(text, start, meter, min(meter.regexp_seconds, AT_ONCE))
        except TimeoutError:
            if meter.regexp_seconds <= 0:
                raise Limit("seconds for regular expressions") from None
            match = yield from waited(self.patterns.beside(self._last_try, text, start, meter), space)
        meter.charge(1 + ((match.end() if match else len(text)) - start >> 6))
        if meter.slice < 0:
            yield None
        return match

    def _last_try(self, text: str, start: int, meter: Meter) -> Any:
        try:
            return self._timed(text, start, meter, meter.regexp_seconds, concurrent=True)
        except TimeoutError:
            raise Limit("seconds for regular expressions") from None

    def _timed(self, text: str, start: int, meter: Meter, seconds: float, concurrent: bool = False) -> Any:
        if seconds <= 0:
            raise TimeoutError
        began = time.perf_counter()
        try:
            return self.pattern.search(text, start, timeout=seconds, concurrent=concurrent)
        finally:
            meter.regexp_seconds -= time.perf_counter() - began


def after(match: Any) -> int:
    """Where to look for the next match; after an empty one that is the next character: 15.5.4.10."""
    start, end = match.span()
    return int(end) + int(start == end)


def captured(match: Any) -> list[JsValue]:
    """The captures of a match; a group that took no part is undefined."""
    return [undefined if group is None else group for group in match.groups()]


def execute(expression: RegExp, text: str, space: "Space") -> Steps:
    """15.10.6.2: the array of a match, or null."""
    last = to_index(expression.get("lastIndex"))
    start = last if expression.is_global else 0
    match = (yield from expression.search(text, start, space)) if 0 <= start <= len(text) else None
    if match is None:
        expression.put("lastIndex", 0.0, True)
        return null
    if expression.is_global:
        expression.put("lastIndex", float(match.end()), True)
    made = space.make_array([match.group(), *captured(match)])
    made.put("index", float(match.start()))
    made.put("input", text)
    return made


def own_expression(this: JsValue) -> RegExp:
    """The regular expression that a method was called on."""
    if not isinstance(this, RegExp):
        throw("TypeError", "a method of regular expressions was called on something else")
    return this


def _exec(space: "Space", held: list[JsValue], this: JsValue, text: JsValue = undefined) -> Steps:
    return execute(own_expression(this), to_string(text), space)


def has_match(space: "Space", held: list[JsValue], this: JsValue, text: JsValue = undefined) -> Steps:
    """15.10.6.3."""
    return (yield from execute(own_expression(this), to_string(text), space)) is not null


def to_text(space: "Space", this: JsValue) -> str:
    """15.10.6.4."""
    expression = own_expression(this)
    flags = "".join(flag for flag in FLAGS if flag in expression.flags)
    return f"/{expression.own['source']['value']}/{flags}"


def _construct(space: "Space", arguments: Arguments) -> JsValue:
    pattern, flags = (*arguments, undefined, undefined)[:2]
    if is_object(pattern) and class_of(pattern) == "RegExp":
        if flags is undefined:
            return space.make_regexp(pattern.value, pattern.flags)
        pattern = pattern.value
    body = "" if pattern is undefined else to_string(pattern)
    return space.make_regexp(body, "" if flags is undefined else to_string(flags))


def _call(space: "Space", this: JsValue, pattern: JsValue = undefined, flags: JsValue = undefined) -> JsValue:
    if class_of(pattern) == "RegExp" and flags is undefined:
        return pattern
    return _construct(space, (pattern, flags))


CONSTRUCTOR: Final = Method(_call, 2, _construct)
METHODS: Final[Table] = {
    "exec": Method(_exec, steps=True),
    "test": Method(has_match, steps=True),
    "toString": Method(to_text),
}

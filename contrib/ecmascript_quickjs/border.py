"""What crosses between the platform and a session in a worker: values as JSON, objects by number.

Inwards a member named `MARK` stands for what JSON does not have; `worker/values.js` is the other side.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii
from typing import Any, Final

from mirabelle.vxml_interpreter.script import UNDEFINED, Handle, Json, Primitive, ScriptError, ScriptLimit, Value

MARK: Final = "\0"
SAFE: Final = 2**53 - 1
DEEPEST: Final = 200
MOST_ITEMS: Final = 200_000
MOST_CHARACTERS: Final = 4_194_304


class ObjectHandle:
    """An object, a function or a symbol of a session. Two of the same are equal."""

    __slots__ = ("__weakref__", "_callable", "_identifier", "_kind", "_released", "owner")

    def __init__(
        self, owner: object, identifier: int, callable_: bool, kind: str, released: Callable[[int], None]
    ) -> None:
        self.owner = owner
        self._identifier, self._callable, self._kind, self._released = identifier, callable_, kind, released

    @property
    def callable(self) -> bool:
        """Whether it is a function."""
        return self._callable

    @property
    def identifier(self) -> int:
        """Its number in the session."""
        return self._identifier

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ObjectHandle) and (other.owner, other.identifier) == (self.owner, self.identifier)

    def __hash__(self) -> int:
        return hash((id(self.owner), self._identifier))

    def __repr__(self) -> str:
        return f"<{self._kind} of a script>"

    def __del__(self) -> None:
        self._released(self._identifier)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A value on its way in: `text` is JSON, `marked` where it has members named `MARK`."""

    text: str
    marked: bool


_CONSTANTS: Final[Mapping[object, Encoded]] = {
    None: Encoded("null", marked=False),
    True: Encoded("true", marked=False),
    False: Encoded("false", marked=False),
    UNDEFINED: Encoded(json.dumps({MARK: ["u"]}), marked=True),
}


def encoded(value: Value | Json, owner: object) -> Encoded:
    """A value for the worker. Raises `ScriptError` for what is neither JSON nor a handle of `owner`, `ScriptLimit`."""
    if value is None or value is UNDEFINED or isinstance(value, bool):
        return _CONSTANTS[value]
    if type(value) is str and len(value) < MOST_CHARACTERS:
        return Encoded(encode_basestring_ascii(whole_text(value)), marked=False)
    walk = _Walk(owner)
    plain = walk.plain(value, 0)
    text = json.dumps(plain)
    if len(text) > MOST_CHARACTERS:
        raise ScriptLimit("memory")
    return Encoded(text, walk.marked)


class _Walk:
    """One value on its way in."""

    def __init__(self, owner: object) -> None:
        self.marked = False
        self._owner = owner
        self._items = 0

    def plain(self, value: Any, depth: int) -> Any:
        """The same as what `json` writes."""
        self._items += 1
        if self._items > MOST_ITEMS:
            raise ScriptLimit("elements of an array")
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return whole_text(value)
        if isinstance(value, int | float):
            return self._number(value)
        if value is UNDEFINED:
            return self._mark("u")
        if isinstance(value, ObjectHandle):
            return self._mark("h", self._own(value))
        return self._structure(value, depth + 1)

    def _structure(self, value: Any, depth: int) -> Any:
        if depth > DEEPEST:
            raise ScriptLimit("depth of JSON")
        if isinstance(value, Mapping):
            made = {whole_text(str(key)): self.plain(item, depth) for key, item in value.items()}
            return self._mark("o", made) if MARK in made else made
        if isinstance(value, list | tuple):
            return [self.plain(item, depth) for item in value]
        raise ScriptError("TypeError", f"a {type(value).__name__} is neither JSON nor a handle")

    def _number(self, number: float) -> Any:
        double = as_double(number)
        if not math.isfinite(double):
            return self._mark("n", number_text(double))
        return int(double) if double.is_integer() and abs(double) <= SAFE and double else double

    def _own(self, handle: ObjectHandle) -> int:
        if handle.owner is not self._owner:
            raise ScriptError("TypeError", "an object of another session")
        return handle.identifier

    def _mark(self, what: str, *given: Any) -> dict[str, list[Any]]:
        self.marked = True
        return {MARK: [what, *given]}


def primitive(value: object) -> Primitive | Handle | None:
    """A host's primitive as it would come out of the engine again; a `ScriptError` where it is none."""
    if isinstance(value, str):
        return whole_text(value)
    if value is None or value is UNDEFINED or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return outgoing_number(as_double(value))
    raise ScriptError("TypeError", f"a {type(value).__name__} is no primitive")


def is_primitive(value: object) -> bool:
    """Whether it is no object."""
    return value is None or value is UNDEFINED or isinstance(value, str | int | float)


def json_primitive(value: object) -> Json:
    """A primitive that is safe in JSON: undefined and what is no number become null."""
    known = primitive(value)
    if isinstance(known, str | bool | int) or (isinstance(known, float) and math.isfinite(known)):
        return known
    return None


def whole_text(text: str) -> str:
    """Pairs of surrogates as one character, half a pair as U+FFFD."""
    if text.isascii():
        return text if type(text) is str else str.__str__(text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def as_double(number: float) -> float:
    """The number as ECMAScript has it."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def outgoing_number(number: float) -> int | float:
    """Whole numbers as `int`, as far as they are exact."""
    return int(number) if number.is_integer() and abs(number) <= SAFE else number


def number_text(number: float) -> str:
    """ECMAScript 5.1, 9.8.1."""
    number = float(number)
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) <= SAFE:
        return str(int(number))
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits, point = (whole + fraction).lstrip("0").rstrip("0"), len(whole) + int(exponent or 0)
    if whole == "0":
        point -= len(fraction) - len(fraction.lstrip("0")) + 1
    return ("-" if number < 0 else "") + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}" if len(digits) > point else digits.ljust(point, "0")
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{rest}e{point - 1:+d}"


def read_json(text: bytes) -> Any:
    """JSON of a worker. Raises `ValueError`."""
    return json.loads(text, parse_int=_read_int)


def _read_int(digits: str) -> int | float:
    number = float(digits)
    return int(number) if abs(number) <= SAFE else number

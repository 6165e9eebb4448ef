"""What a script may use up.

Work is counted in opcodes of the VM; a built-in function that loops pays one for each turn. The VM does some
millions of them a second, so the work limit also bounds how long everybody else waits in all.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Options:
    """The limits of one session. Whoever passes one gets `ScriptLimit`, which no script can catch.

    In instructions of the VM, of which it does some three millions a second: `work` of one evaluation, all that it
    calls included; `slice`, after which others run; `callback_work` within one call of a built-in function or a getter,
    which cannot be suspended. What built-in functions do is counted as that many instructions as take as long.

    In characters: `string`, one string; `source`, what is evaluated; `evaluated`, what a script itself makes and hands
    to `eval` or `Function`; `pattern`, one regular expression; `cached_source`, all sources whose compiled form is kept
    for all sessions. `array`: elements that a built-in function makes or goes through. `memory`: bytes, estimated, of
    all that a session holds. `regexp_seconds`: of regular expressions in one evaluation; nothing else is timed.

    Within one another: `depth`, calls of functions; `callback_depth`, calls of built-in functions that cannot be
    suspended, each of which takes some ten levels of Python's stack; `prototypes`, objects that are prototypes.
    """

    work: int = 3_000_000
    slice: int = 3_000
    callback_work: int = 100_000
    depth: int = 1_000
    callback_depth: int = 24
    string: int = 1_048_576
    array: int = 20_000
    source: int = 65_536
    evaluated: int = 16_384
    memory: int = 16_777_216
    pattern: int = 5_000
    prototypes: int = 500
    regexp_seconds: float = 0.25
    cached_source: int = 2_000_000

    def __post_init__(self) -> None:
        for name, least in LEAST.items():
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least:,}: scripts could do nothing with less")
        if self.callback_depth > MOST_CALLBACKS:
            raise ValueError(f"callback_depth must be at most {MOST_CALLBACKS}: Python's stack holds no more")
        if not 0 < self.regexp_seconds <= MOST_SECONDS:
            raise ValueError(f"regexp_seconds must be more than 0 and at most {MOST_SECONDS:g}")


LEAST: Final = {
    "work": 1_000,
    "slice": 500,
    "callback_work": 500,
    "depth": 10,
    "callback_depth": 4,
    "string": 1_024,
    "array": 16,
    "source": 100,
    "evaluated": 100,
    "memory": 65_536,
    "pattern": 10,
    "prototypes": 10,
    "cached_source": 0,
}
"""What each limit is at least."""
MOST_CALLBACKS: Final = 48
MOST_SECONDS: Final = 10.0
DEEPEST_JSON = 100
"""Objects within one another, written as JSON or across the border; each takes some levels of Python's stack."""
ELEMENT = 4
"""One turn of a loop in a built-in function takes about as long as this many instructions."""
NATIVE = 5
"""A call of a built-in function takes about as long as this many instructions."""
LONG = 1024
"""Characters from which on a string costs work wherever it is looked through."""


class Limit(BaseException):
    """A limit is passed. Not an `Exception`, so that nothing on the way out takes it for a defect or an error."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class Meter:
    """Counts the work of one evaluation."""

    __slots__ = ("burst", "options", "regexp_seconds", "slice", "work")

    def __init__(self, options: Options) -> None:
        self.options = options
        self.work = options.work
        self.slice = options.slice
        self.burst = options.callback_work
        self.regexp_seconds = options.regexp_seconds

    def charge(self, work: int) -> None:
        """Pay for work that cannot be suspended. Raises `Limit`."""
        self.burst -= work
        if self.burst < 0:
            raise Limit("work in one call of a built-in function")
        self.charge_suspendable(work)

    def charge_suspendable(self, work: int) -> None:
        """Pay for work between whose parts others may run. Raises `Limit`."""
        self.work -= work
        self.slice -= work
        if self.work < 0:
            raise Limit("work")

    def add(self, work: int) -> None:
        """Count work that is looked at when the next is paid for."""
        self.burst -= work
        self.work -= work
        self.slice -= work

    def charge_strings(self, *values: object) -> None:
        """Pay for looking through those values that are long strings."""
        for value in values:
            if type(value) is str and len(value) > LONG:
                self.charge(len(value) >> 5)

    def add_strings(self, *values: object) -> bool:
        """Count the same for an instruction, after which others may run; whether there were any."""
        size = sum(len(value) for value in values if type(value) is str and len(value) > LONG)
        self.add(size >> 5)
        return size > 0

    def check_string(self, length: int) -> None:
        """Refuse a string of more characters than allowed, before it is made."""
        if length > self.options.string:
            raise Limit("characters in a string")

    def check_array(self, length: int) -> None:
        """Refuse an array with more elements than allowed."""
        if length > self.options.array:
            raise Limit("elements of an array")

    def charge_array(self, length: int) -> None:
        """Refuse an array with more elements than allowed, and pay for going through it."""
        self.check_array(length)
        self.charge(length * ELEMENT)

    def charge_text(self, text: str) -> None:
        """Pay for a look at each character of a text, one by one."""
        self.charge(len(text) >> 2)

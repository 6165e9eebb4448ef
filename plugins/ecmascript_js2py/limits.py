"""What a script may use up.

Work is counted in opcodes of the VM; a built-in function that loops pays one for each turn. The VM does some
millions of them a second, so the work limit also bounds how long everybody else waits in all.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The limits of one session. Whoever passes one gets `ScriptLimit`, which no script can catch."""

    work: int = 3_000_000
    """Opcodes in one evaluation, callbacks and built-ins included."""
    slice: int = 20_000
    """Opcodes after which an evaluation lets others run."""
    callback_work: int = 100_000
    """Opcodes within one call of a built-in function (sort, replace, a getter), which cannot be suspended."""
    depth: int = 1_000
    """Calls of functions within one another."""
    callback_depth: int = 24
    """Calls of built-in functions within one another; each takes some ten levels of Python's stack."""
    string: int = 1_048_576
    """Characters in one string."""
    array: int = 20_000
    """Elements that a built-in function goes through or makes in one array."""
    source: int = 65_536
    """Characters in one source."""
    evaluated: int = 16_384
    """Characters in a source that a script makes (eval, Function), which is parsed while everybody waits."""
    memory: int = 16_777_216
    """Bytes, estimated, that the objects and strings of one session may take."""
    pattern: int = 5_000
    """Characters in one regular expression."""
    prototypes: int = 500
    """Prototypes above one another."""
    regexp_seconds: float = 0.25
    """Seconds that regular expressions may take in one evaluation; nothing else is measured with a clock."""
    cached_source: int = 2_000_000
    """Characters of source whose compiled form the engine keeps for all sessions."""


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

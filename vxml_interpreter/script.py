"""The protocol that a script engine fulfils: VoiceXML 2.0, 5.1.

Primitive values cross the border as they are: `str`, `bool`, `int` or `float`, None for null, UNDEFINED. Objects
and functions stay in the engine; what crosses is an opaque `Handle`, so that an engine may live in another process.

Within the engine a string is a sequence of UTF-16 units, as ECMAScript has it. What comes out is a text that can be
encoded: pairs of surrogates are one character, half a pair becomes U+FFFD, and so it does on the way in. Whole numbers
come out as `int` as far as they are exact (2^53); NaN, infinities and larger ones are `float`; -0 comes out as 0.

Whatever may run a script is a generator: it yields None each time its slice of work is used up, so that others can
run, and returns its value. Drive it with `yield from`, or with `finish` where nobody waits.
"""

from collections.abc import Generator, Mapping
from enum import Enum
from typing import Final, Protocol, TypeVar


class Undefined(Enum):
    """The type of ECMAScript's undefined."""

    UNDEFINED = "undefined"

    def __repr__(self) -> str:
        return "undefined"

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined.UNDEFINED


class Handle(Protocol):
    """An object or a function of one script session; valid in that session only."""

    @property
    def callable(self) -> bool:
        """Whether it is a function."""


class Scope(Protocol):
    """One link of a scope chain; belongs to one script session."""


Primitive = str | bool | int | float | None | Undefined
Value = Primitive | Handle
Json = str | bool | int | float | None | list["Json"] | dict[str, "Json"]
T = TypeVar("T")
Work = Generator[None, None, T]


class ScriptError(Exception):
    """A script threw, or could not be parsed. `name` is the ECMAScript error's (ReferenceError, SyntaxError...).

    `line` is a line of the source that was evaluated, counted from 1: where it threw, where it called what threw (a
    function of another source, `eval`), or where it could not be parsed. None where nobody knows.
    """

    def __init__(self, name: str, message: str, line: int | None = None) -> None:
        super().__init__(f"{name}: {message}" if name else message)
        self.name = name
        self.message = message
        self.line = line


class ScriptLimit(Exception):
    """A script passed a limit of work, depth or size. No `catch` or `finally` of the script sees this."""

    def __init__(self, limit: str) -> None:
        super().__init__(f"the script passed its limit of {limit}")
        self.limit = limit


class ScriptSession(Protocol):
    """The script state of one dialogue: its own built-ins, its own scopes, its own limits."""

    def scope(self, parent: Scope | None, *names: str, writable: bool = True) -> Scope:
        """A new scope below `parent` (None: the built-ins). Its variables can also be named through each of `names`
        (`dialog.x`). Scripts cannot change a scope that is not writable, nor the JSON that the host has put there: an
        attempt is a `ScriptError` named TypeError. `declare` and `set_path` can."""

    def declare(self, scope: Scope, name: str, value: Value | Json = UNDEFINED, writable: bool = True) -> None:
        """Make or replace a variable of exactly this scope. JSON values become objects of the session.

        A variable that is not writable is for scripts, and for `assign`, what all are in a scope that is not: neither
        it nor the JSON in it can be changed, while an object of a script that is put there stays as it is. The host
        can replace it, and reach into it with `set_path`.

        Raises `ScriptError` for what is neither JSON nor a handle, and `ScriptLimit` for JSON too deep or too large,
        that which contains itself included.
        """

    def declared(self, scope: Scope, name: str) -> bool:
        """Whether exactly this scope has that variable."""

    def value(self, scope: Scope, name: str) -> Value:
        """The variable of exactly this scope, as `evaluate` would give it. Runs no script.

        Raises `ScriptError`: a ReferenceError where this scope has no such variable, a TypeError for one that a
        script computes (a getter).
        """

    def evaluate(self, source: str, scope: Scope) -> Work[Value]:
        """The value of an expression or a program. Its `var`s are declared in `scope`.

        A source that begins with a brace is an object if it can be one, and a block otherwise.

        Raises `ScriptError` (also for an undeclared name read or assigned to) and `ScriptLimit`.
        """

    def assign(self, reference: str, value: Value, scope: Scope) -> Work[None]:
        """Assign to a variable or property (`x`, `dialog.x`, `a.b[2]`) as if by `reference = value`: 5.3.2.

        An undeclared variable is a `ScriptError` named ReferenceError.
        """

    def set_path(self, scope: Scope, path: str, value: Json) -> None:
        """Write `path` (dotted) in a scope from outside, also where scripts may not; makes the objects on the way.

        What is written into something that scripts cannot change, they cannot change either. Raises as `declare`.
        """

    def text(self, value: Value) -> Work[str]:
        """What ECMAScript's ToString makes of it: 4.1.4."""

    def truth(self, value: Value) -> bool:
        """What ECMAScript's ToBoolean makes of it."""

    def export(self, value: Value) -> Work[Json]:
        """A JSON-safe copy: own enumerable properties; undefined, functions, NaN and infinities become null.

        `toJSON` is asked where there is one. Raises `ScriptError` on a cycle and `ScriptLimit` where it is too deep or
        too large.
        """

    def snapshot(self, scope: Scope) -> Mapping[str, Json]:
        """The variables of exactly this scope, for traces: JSON-safe, bounded, runs no script."""


class ScriptEngine(Protocol):
    """Makes script sessions. Compiled sources are shared by all of them."""

    def session(self) -> ScriptSession:
        """A new session."""

    def check(self, source: str) -> None:
        """Parse without running. Raises `ScriptError` named SyntaxError, or `ScriptLimit`."""


def finish(work: Work[T]) -> T:
    """Run a piece of work to its end, for callers on whom nobody waits."""
    while True:
        try:
            next(work)
        except StopIteration as stop:
            result: T = stop.value
            return result

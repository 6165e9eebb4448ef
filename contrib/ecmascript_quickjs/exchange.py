"""What one session and its worker send one another: writes, questions, work and answers."""

import json
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from json.encoder import encode_basestring_ascii
from time import monotonic
from typing import Any, Final, NoReturn

from mirabelle.contrib.ecmascript_quickjs.border import Encoded, read_json, whole_text
from mirabelle.contrib.ecmascript_quickjs.connection import Lost
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.contrib.ecmascript_quickjs.worker.realm import Limits
from mirabelle.contrib.ecmascript_quickjs.worker.wire import Kind
from mirabelle.vxml_interpreter.script import ScriptError, ScriptLimit, Work

FIRST_WAIT: Final = 0.001
"""Seconds to wait for work before others run: most is done within."""
WAIT: Final = 0.0005
"""Seconds to wait each time after that, all that wait together. It is asleep, so that waiting takes little work."""
HEEDED: Final = 0.8
"""The part of the patience with a script after which it ends in order, where it can be stopped at all."""
MOST_WRITES: Final = 65_536
"""Characters of writes that are kept."""

# How QuickJS names the limits that it keeps itself.
ENGINE_LIMITS: Final = {
    ("InternalError", "out of memory"): "memory",
    ("InternalError", "string too long"): "characters in a string",
    ("RangeError", "invalid string length"): "characters in a string",
    ("RangeError", "Maximum call stack size exceeded"): "depth of calls",
    ("InternalError", "stack overflow"): "depth of calls",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply. `applied` counts the writes that the worker had seen; `complete`: whether all changes are told."""

    outcome: Sequence[Any]
    changes: Sequence[Any]
    applied: int
    complete: bool = True

    @property
    def value(self) -> Any:
        """What it came to."""
        return self.outcome[1]

    def raise_error(self) -> None:
        """Raise `ScriptError` or `ScriptLimit` when that is what it came to."""
        match self.outcome:
            case ["ok", _]:
                return
            case ["limit", str(limit)]:
                raise ScriptLimit(limit)
            case ["error", str(name), str(message), line]:
                if (name, message) in ENGINE_LIMITS:
                    raise ScriptLimit(ENGINE_LIMITS[name, message])
                raise ScriptError(name, message, line if isinstance(line, int) else None)


def read_answer(reply: bytes) -> Answer:
    """A reply of a worker. What scripts have made senseless is an error of theirs."""
    try:
        told = read_json(reply)
    except (ValueError, RecursionError):
        return SENSELESS
    match told:
        case [*outcome, list(changes), int(applied)] if _is_outcome(outcome):
            return Answer(outcome, changes, applied)
        case [*outcome, None, int(applied)] if _is_outcome(outcome):
            return Answer(outcome, (), applied, complete=False)
    return SENSELESS


def _is_outcome(outcome: list[Any]) -> bool:
    match outcome:
        case ["ok", _] | ["limit", str()] | ["error", str(), str(), None | int()]:
            return True
    return False


SENSELESS: Final = Answer(("error", "InternalError", "the session has no sensible answer", None), (), 0, complete=False)


class Exchange:
    """One session's part of a connection.

    `running`: pieces of work that are not done. `lost`: why the session has no worker any more, or None. Handles and
    scopes that the host has forgotten are put into `released` and `forgotten`, at any time and in the middle of
    anything.
    """

    def __init__(self, session: object, workers: Workers, seeds: list[int]) -> None:
        self.running = 0
        self.lost: str | None = None
        self.released: deque[int] = deque()
        self.forgotten: deque[int] = deque()
        self._workers, options = workers, workers.options
        self._options = options
        real_seconds = options.patience * HEEDED
        limits = Limits(options.seconds, real_seconds, options.memory, options.stack, options.items)
        opening = json.dumps({"limits": asdict(limits), "seeds": seeds})
        self._connection, self._session = workers.enter(session, opening.encode())
        self._batch: list[str] = []
        self._size = 0
        self._writes = 0

    def write(self, what: str, *given: object) -> int:
        """Have something written before whatever is asked next: the number of the write."""
        arguments = ",".join(_written(each) for each in given)
        self._batch.append(f'["{what}",[{arguments}]]')
        self._size += len(arguments)
        self._writes += 1
        writes = self._writes
        # A script that runs is to see it.
        if self.running or self._size > MOST_WRITES:
            self._connection.send(Kind.WRITE, self._session, self._taken_batch())
        return writes

    def ask(self, what: str, *given: object) -> Answer:
        """The answer to a question that runs no script. Raises `ScriptError` when the worker is lost."""
        if self.lost is not None:
            self._raise_lost(self.lost)
        self._workers.tidy()
        query = json.dumps([what, given]).encode()
        began = monotonic()
        try:
            request = self._connection.ask(Kind.ASK, self._session, self._taken_batch() + b"\n" + query)
            while (reply := self._connection.reply(request, self._options.answer)) is None:
                if self._connection.late(began, self._options.answer):
                    self._unanswered(request)
        except Lost as lost:
            self._raise_lost(str(lost))
        answer = read_answer(reply)
        answer.raise_error()
        return answer

    def work(self, what: str, scope: int, now: int, source: str, given: Encoded | None) -> Work[Answer]:
        """The answer to what may run scripts. Raises `ScriptError` when the worker is lost, `ScriptLimit`."""
        if self.lost is not None:
            self._raise_lost(self.lost)
        self._workers.tidy()
        query = {"what": what, "scope": scope, "at": now, "marked": given is not None and given.marked}
        value = "null" if given is None else given.text
        content = f'{json.dumps(query)[:-1]}, "value": {value}}}\n{whole_text(source)}'.encode()
        try:
            return read_answer((yield from self._answered(content)))
        except Lost as lost:
            self._raise_lost(str(lost))

    def _answered(self, content: bytes) -> Work[bytes]:
        connection, began = self._connection, monotonic()
        request = connection.ask(Kind.WORK, self._session, self._taken_batch() + b"\n" + content)
        self.running += 1
        self._workers.waiting += 1
        try:
            reply = connection.reply(request, FIRST_WAIT)
            while reply is None:
                if connection.late(began, self._options.patience):
                    self._give_up(request)
                yield None
                reply = connection.reply(request, WAIT / self._workers.waiting)
            return reply
        except GeneratorExit:
            connection.forget(request)
            connection.send(Kind.CANCEL, self._session, b"", request)
            raise
        finally:
            self.running -= 1
            self._workers.waiting -= 1

    def _unanswered(self, request: int) -> None:
        if self.running:
            self._give_up(request)
        self._connection.end("it did not answer")

    def _give_up(self, request: int) -> NoReturn:
        """Something goes on in the session that nothing stops. Only the end of the process ends it."""
        self._connection.forget(request)
        self._workers.retire(self._connection)
        self.lost = "a script could not be stopped"
        raise ScriptLimit("time")

    def _raise_lost(self, reason: str) -> NoReturn:
        self.lost = reason
        raise ScriptError(
            "InternalError", f"the variables of this dialogue are lost with their script worker: {reason}"
        )

    def _taken_batch(self) -> bytes:
        for identifier, count in Counter(_all_of(self.released)).items():
            self._batch.append(f'["release",[{identifier},{count}]]')
            self._writes += 1
        for identifier in _all_of(self.forgotten):
            self._batch.append(f'["forget",[{identifier}]]')
            self._writes += 1
        batch, self._batch, self._size = self._batch, [], 0
        return f"[{','.join(batch)}]".encode() if batch else b""


def _all_of(waiting: deque[int]) -> list[int]:
    return [waiting.popleft() for _ in range(len(waiting))]


def _written(argument: object) -> str:
    if isinstance(argument, Encoded):
        return f"{argument.text},true" if argument.marked else f"{argument.text},false"
    if isinstance(argument, str):
        return encode_basestring_ascii(whole_text(argument))
    if isinstance(argument, bool):
        return "true" if argument else "false"
    return json.dumps(argument)

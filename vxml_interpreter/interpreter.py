"""The interpreter: one dialogue with one caller, without I/O, clock or threads."""

from collections.abc import Mapping
from types import MappingProxyType

from mirabelle.vxml_interpreter.answers import (
    CallerHungUp,
    Done,
    Fetched,
    FetchFailed,
    Invoked,
    InvokeFailed,
    NothingHeard,
    Notice,
    NotMatched,
    Recognized,
    Recorded,
    RecordFailed,
    Reply,
    SessionChanged,
    SpokeTooLong,
    TransferFailed,
    Transferred,
)
from mirabelle.vxml_interpreter.behaviour import Asks
from mirabelle.vxml_interpreter.calling import flat
from mirabelle.vxml_interpreter.commands import (
    Ask,
    Breathe,
    Collect,
    Command,
    Fetch,
    FetchRequest,
    Invoke,
    Play,
    Record,
    Transfer,
)
from mirabelle.vxml_interpreter.dialogue import dialogue
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.script import Json, ScriptEngine
from mirabelle.vxml_interpreter.session import Connection, Session
from mirabelle.vxml_interpreter.settings import Settings

_ANSWERS: Mapping[type[Ask], tuple[type[Reply], ...]] = MappingProxyType(
    {
        Fetch: (Fetched, FetchFailed),
        Collect: (Recognized, NotMatched, NothingHeard, SpokeTooLong, RecordFailed),
        Record: (Recorded, RecordFailed, NothingHeard),
        Transfer: (Transferred, TransferFailed),
        Invoke: (Invoked, InvokeFailed),
        Play: (Done,),
        Breathe: (Done,),
    }
)


class UnexpectedReply(Exception):
    """The driver answered what was not asked."""


class Interpreter:
    """Runs one dialogue.

    `start` and `handle` return the commands now due; an ask, if there is one, is the last of them. Whatever a
    document does ends in an event or in `Ended`, never in an exception. `session_variables` are those of
    `session` (5.1.4), nested as JSON; `documents` is shared between dialogues.
    """

    def __init__(
        self,
        engine: ScriptEngine,
        session_variables: Mapping[str, Json] | None = None,
        documents: Documents | None = None,
        settings: Settings | None = None,
    ) -> None:
        shared = documents or Documents(settings=settings)
        self._session = Session(engine, session_variables or {}, shared, settings or shared.settings)
        self._steps: Asks[None] | None = None
        self._open: Ask | None = None
        self._ended = False

    @property
    def ended(self) -> bool:
        """Whether `Ended` has been told."""
        return self._ended

    def start(self, request: FetchRequest) -> tuple[Command, ...]:
        """Begin with the document that answers this request."""
        if self._steps is not None:
            raise UnexpectedReply("the dialogue has been started already")
        self._steps = flat(dialogue(self._session, request))
        return self._resume(None)

    def handle(self, event: Reply | Notice) -> tuple[Command, ...]:
        """Take the answer to the open ask, or a notice. After the end nothing matters any more."""
        if self._ended:
            return ()
        if isinstance(event, SessionChanged):
            self._session.put(event.path, event.value)
            return ()
        if isinstance(event, CallerHungUp):
            return self._hung_up(event)
        if self._open is None or not isinstance(event, _ANSWERS[type(self._open)]):
            raise UnexpectedReply(f"{self._open!r} is not answered by {event!r}")
        return self._resume(event)

    def _hung_up(self, notice: CallerHungUp) -> tuple[Command, ...]:
        """1.5.4: closes what is open to the caller; otherwise waits until the dialogue would wait for the caller."""
        if self._session.connection is not Connection.UP:
            return ()
        self._session.connection = Connection.GONE
        return self._resume(notice) if isinstance(self._open, Collect | Record | Transfer | Play) else ()

    def _resume(self, answer: Reply | Notice | None) -> tuple[Command, ...]:
        if self._steps is None:
            raise UnexpectedReply("the dialogue has not been started")
        self._open = None
        try:
            self._open = next(self._steps) if answer is None else self._steps.send(answer)
        except StopIteration:
            self._ended = True
        told = tuple(self._session.told)
        self._session.told.clear()
        return told if self._open is None else (*told, self._open)

"""The waiting state: VoiceXML 2.0, 4.1.8, and what a hang-up makes of it: 1.5.4."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.activation import Listener, activate
from mirabelle.vxml_interpreter.answers import (
    CallerHungUp,
    NothingHeard,
    Notice,
    NotMatched,
    Recognized,
    RecordFailed,
    Reply,
    SpokeTooLong,
)
from mirabelle.vxml_interpreter.behaviour import Returned
from mirabelle.vxml_interpreter.commands import ActiveGrammar, Collect, InputTiming
from mirabelle.vxml_interpreter.events import HANGUP, NOINPUT, NOMATCH, Event
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.hearing import Answer
from mirabelle.vxml_interpreter.leaving import Ending
from mirabelle.vxml_interpreter.properties import Properties
from mirabelle.vxml_interpreter.results import forget, remember
from mirabelle.vxml_interpreter.session import Connection, Session
from mirabelle.vxml_interpreter.speech.prompt import SHORTEST_WAIT, Prompt, takes_time

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place


def listen(place: "Place", *, modal: bool) -> "Steps[Answer]":
    """Activate the grammars of the item that is visited, play what is queued and wait for the caller.

    What is no recognition is raised as its event. A caller who is gone is not listened for, whatever the grammars are.
    """
    require_caller(place.session)
    listeners = yield from activate(place, modal=modal)
    for listener in listeners:
        element = place.item.element if place.item else place.context.active.document.element
        place.trace("activate", element, "{}: {}", listener.grammar.mode, listener.name)
    reply = yield from _hear(active(listeners), place)
    return Answer(reply, listeners[reply.key].owner)


def active(listeners: Sequence[Listener]) -> tuple[ActiveGrammar, ...]:
    """The same for the driver, which names each by its number."""
    return tuple(
        ActiveGrammar(key, listener.grammar, listener.weight, listener.name) for key, listener in enumerate(listeners)
    )


def _hear(grammars: tuple[ActiveGrammar, ...], place: "Place") -> "Steps[Recognized]":
    prompts = begin_waiting(place)
    here = place.properties()
    timing = input_timing(prompts, here)
    reply = yield Collect(prompts, grammars, timing, input_modes(here), _kept_as(here))
    note_wait(reply, timing, place.session)
    if isinstance(reply, CallerHungUp):
        raise hung_up(place.session)
    if isinstance(reply, RecordFailed):
        raise Event(reply.event, reply.message)
    if isinstance(reply, SpokeTooLong):
        raise Event("maxspeechtimeout", "the caller spoke longer than the maxspeechtimeout")
    if not isinstance(reply, Recognized | NotMatched):
        raise Event(NOINPUT, "nothing was said or pressed within the timeout")
    yield from remember(reply, place)
    if isinstance(reply, NotMatched):
        raise Event(NOMATCH, "what was said or pressed matches no active grammar")
    return reply


def begin_waiting(place: "Place") -> tuple[Prompt, ...]:
    """The waiting state is entered: the prompts that are to be played first. Without a caller it ends here (1.5.4)."""
    forget(place)
    require_caller(place.session)
    place.session.raise_fault()
    prompts = place.session.queue.take()
    if takes_time(prompts):
        place.session.guard.reset()
    return prompts


def note_wait(reply: Reply | Notice | Returned, timing: InputTiming, session: Session) -> None:
    """The caller was waited for, unless it took no time that nothing came of it."""
    nothing = isinstance(reply, NothingHeard) and timing.timeout < SHORTEST_WAIT
    if not (nothing or isinstance(reply, RecordFailed)):
        session.guard.reset()


def require_caller(session: Session) -> None:
    """1.5.4: what would wait for a caller who is gone throws connection.disconnect.hangup, once, and then ends."""
    if session.connection is Connection.FINAL:
        raise Ending(session.hung_up)
    if session.connection is Connection.GONE:
        raise hung_up(session)


def hung_up(session: Session) -> Event:
    """The caller is gone, and the script is about to hear of it."""
    session.connection = Connection.FINAL
    return Event(HANGUP, "the caller hung up")


def input_timing(prompts: tuple[Prompt, ...], here: Properties) -> InputTiming:
    """The properties that rule one collection. The last prompt's timeout rules, as it was when queued (4.1.7)."""
    timeout = prompts[-1].timeout if prompts else None
    return InputTiming(
        timeout=here.number("timeout") if timeout is None else timeout,
        interdigittimeout=here.number("interdigittimeout"),
        termtimeout=here.number("termtimeout"),
        termchar=str(here.value("termchar")),
        completetimeout=here.number("completetimeout"),
        incompletetimeout=here.number("incompletetimeout"),
        maxspeechtimeout=here.number("maxspeechtimeout"),
        confidencelevel=here.number("confidencelevel"),
    )


def _kept_as(here: Properties) -> str | None:
    """The media type in which what is said is kept, "" for any; None: it is not (VoiceXML 2.1, 7)."""
    return str(here.value("recordutterancetype") or "") if here.value("recordutterance") else None


def input_modes(here: Properties) -> frozenset[Mode]:
    """How the caller may answer here: 6.3.6."""
    return frozenset(Mode(mode) for mode in str(here.value("inputmodes")).split())

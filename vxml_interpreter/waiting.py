"""The waiting state: VoiceXML 2.0, 4.1.8, and what a hang-up makes of it: 1.5.4."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.answers import CallerHungUp, NotMatched, Recognized, SpokeTooLong
from mirabelle.vxml_interpreter.commands import ActiveGrammar, Collect, InputTiming, Play
from mirabelle.vxml_interpreter.events import HANGUP, NOINPUT, NOMATCH, Event
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.leaving import Ending
from mirabelle.vxml_interpreter.results import forget, remember
from mirabelle.vxml_interpreter.session import Connection, Session
from mirabelle.vxml_interpreter.speech.prompt import Prompt

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place


def hear(grammars: tuple[ActiveGrammar, ...], place: "Place") -> "Steps[Recognized]":
    """Play what is queued and wait for the caller. What is no recognition is raised as its event."""
    session = place.session
    if session.connection is Connection.FINAL:
        raise Ending(session.hung_up)
    forget(place)
    if session.connection is Connection.GONE:
        raise _hung_up(session)
    prompts = session.queue.take()
    session.guard.reset()
    reply = yield Collect(prompts, grammars, _timing(prompts, place), _modes(place))
    if isinstance(reply, CallerHungUp):
        raise _hung_up(session)
    if isinstance(reply, SpokeTooLong):
        raise Event("maxspeechtimeout", "the caller spoke longer than the maxspeechtimeout")
    if not isinstance(reply, Recognized | NotMatched):
        raise Event(NOINPUT, "nothing was said or pressed within the timeout")
    yield from remember(reply, place)
    if isinstance(reply, NotMatched):
        raise Event(NOMATCH, "what was said or pressed matches no active grammar")
    return reply


def _hung_up(session: Session) -> Event:
    session.connection = Connection.FINAL
    session.queue.take()
    return Event(HANGUP, "the caller hung up")


def _timing(prompts: tuple[Prompt, ...], place: "Place") -> InputTiming:
    """The last prompt's timeout rules, as it was when queued (4.1.7)."""
    timeout = prompts[-1].timeout if prompts else None
    here = place.properties()
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


def _modes(place: "Place") -> frozenset[Mode]:
    return frozenset(Mode(mode) for mode in str(place.property_value("inputmodes")).split())


def play(session: Session) -> "Steps[None]":
    """Play what is queued to its end; nobody hears it when the caller is gone."""
    prompts = session.queue.take()
    if prompts and session.connection is Connection.UP:
        session.guard.reset()
        yield Play(prompts)

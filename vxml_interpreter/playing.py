"""Playing what is queued outside of the waiting state: VoiceXML 2.0, 4.1.8."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import Play, Unheard
from mirabelle.vxml_interpreter.session import Connection, Session
from mirabelle.vxml_interpreter.speech.prompt import takes_time

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps


def play(session: Session) -> "Steps[None]":
    """Play what is queued to its end; nobody hears it when the caller is gone, and it is only told."""
    prompts = session.queue.take()
    if session.connection is not Connection.UP:
        session.told.extend(map(Unheard, prompts))
    elif prompts:
        if takes_time(prompts):
            session.guard.reset()
        yield Play(prompts)

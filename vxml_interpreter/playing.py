"""Playing what is queued outside of the waiting state: VoiceXML 2.0, 4.1.8."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import Play
from mirabelle.vxml_interpreter.session import Connection, Session

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps


def play(session: Session) -> "Steps[None]":
    """Play what is queued to its end; nobody hears it when the caller is gone."""
    prompts = session.queue.take()
    if prompts and session.connection is Connection.UP:
        session.guard.reset()
        yield Play(prompts)

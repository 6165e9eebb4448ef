"""<disconnect>: VoiceXML 2.0, 5.3.11, and VoiceXML 2.1, 8."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import Disconnect, EndReason
from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, tokens
from mirabelle.vxml_interpreter.events import HANGUP, Event
from mirabelle.vxml_interpreter.leaving import Ending
from mirabelle.vxml_interpreter.namelist import exported
from mirabelle.vxml_interpreter.playing import play
from mirabelle.vxml_interpreter.session import Connection

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """Play what is queued, hang up, and go on in final processing with the event of a hang-up (1.5.4).

    The values of the namelist are handed over whoever hung up first.
    """
    session = place.session
    values = yield from exported(element, place)
    session.returned.update(values)
    if session.connection is Connection.FINAL:
        # Thrown once more, the event would find the same handler again, for ever.
        raise Ending(session.hung_up)
    yield from play(session)
    if session.connection is Connection.UP:
        session.tell(Disconnect(values))
        session.hung_up = EndReason.DISCONNECT
    session.connection = Connection.FINAL
    raise Event(HANGUP, "the document disconnected")


DECLARATIONS = (
    Declaration(
        name="disconnect",
        section="5.3.11",
        kinds=frozenset({Kind.EXECUTABLE}),
        attributes=(Attribute("namelist", tokens),),
        execute=execute,
    ),
)

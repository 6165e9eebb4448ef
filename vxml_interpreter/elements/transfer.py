"""<transfer>: VoiceXML 2.0, 2.3.7, and VoiceXML 2.1, 9."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.activation import activate
from mirabelle.vxml_interpreter.answers import CallerHungUp, TransferFailed, TransferOutcome, Transferred
from mirabelle.vxml_interpreter.commands import EndReason, Purpose, TransferKind
from mirabelle.vxml_interpreter.commands import Transfer as TransferAsk
from mirabelle.vxml_interpreter.declarations import (
    FORM_ITEM,
    Attribute,
    Declaration,
    Kind,
    one_of,
    some_text,
)
from mirabelle.vxml_interpreter.events import TRANSFERRED, Event
from mirabelle.vxml_interpreter.fetching import request
from mirabelle.vxml_interpreter.form import InputItem
from mirabelle.vxml_interpreter.results import Filling, mark_passed, remember
from mirabelle.vxml_interpreter.script import Json
from mirabelle.vxml_interpreter.session import Connection, Session
from mirabelle.vxml_interpreter.speech.prompt import Audio
from mirabelle.vxml_interpreter.waiting import (
    active,
    begin_waiting,
    hung_up,
    input_modes,
    input_timing,
    require_caller,
)

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element

UNSUPPORTED_URI: Final = "error.unsupported.uri"


class Transfer(InputItem):
    """Connects the caller with somebody else. Its variable is how that went, unless the caller is gone."""

    def __init__(self, element: "Element", number: int) -> None:
        super().__init__(element, number)
        bridge = TransferKind.BRIDGE if element.flag("bridge") else TransferKind.BLIND
        self.kind = TransferKind(element.text("type") or bridge)

    def visit(self, place: "Place") -> "Steps[Filling]":
        """Transfer. It is modal: no grammar but its own listens, and none has to."""
        element = self.element
        require_caller(place.session)
        destination = (yield from place.either(element, "dest", "destexpr")) or ""
        information = (yield from place.either(element, "aai", "aaiexpr")) or ""
        listeners = yield from activate(place, modal=True, required=False)
        for listener in listeners:
            place.trace("activate", element, "{}: {}", listener.grammar.mode, listener.name)
        prompts, here = begin_waiting(place), place.properties()
        reply = yield TransferAsk(
            prompts,
            self.kind,
            destination,
            active(listeners),
            input_timing(prompts, here),
            input_modes(here),
            connecttimeout=element.number("connecttimeout"),
            maxtime=element.number("maxtime") or 0.0,
            audio=_audio(element, place),
            information=information,
        )
        if isinstance(reply, TransferFailed):
            raise self._failed(reply, place)
        place.session.guard.reset()
        if isinstance(reply, CallerHungUp) or not isinstance(reply, Transferred):
            raise hung_up(place.session)
        return (yield from self._take(reply, place))

    def _failed(self, reply: TransferFailed, place: "Place") -> Event:
        if reply.event == UNSUPPORTED_URI:
            # 2.3.7.3 prescribes the whole of this message.
            return Event(reply.event, reply.message)
        return place.fault(self.element, reply.message, reply.event)

    def _take(self, reply: Transferred, place: "Place") -> "Steps[Filling]":
        if reply.outcome is TransferOutcome.HANGUP:
            raise hung_up(place.session)
        if reply.outcome is TransferOutcome.CONNECTED:
            raise _handed_over(place.session)
        if reply.matched is not None:
            yield from remember(reply.matched, place)
        return Filling(self, reply.outcome.value, dict(_shadow(reply)))


def _shadow(reply: Transferred) -> Iterator[tuple[str, Json]]:
    """Tables 19 and 23: without a command of the caller, inputmode and utterance are undefined."""
    yield "duration", reply.duration
    if reply.matched is not None:
        yield "inputmode", reply.matched.mode.value
        yield "utterance", reply.matched.matches[0].utterance
        yield from mark_passed(reply.matched.mark).items()


def _handed_over(session: Session) -> Event:
    """The caller has gone elsewhere and will not return: from here on there is final processing (1.5.4)."""
    session.connection = Connection.FINAL
    session.hung_up = EndReason.DISCONNECT
    session.queue.take()
    return Event(TRANSFERRED, "the caller was transferred and will not return")


def _audio(element: "Element", place: "Place") -> Audio | None:
    """What is heard until the far end answers. What is no URI is nothing: its errors are ignored."""
    reference = element.text("transferaudio")
    if not reference:
        return None
    try:
        url = place.url(reference, element)
    except Event:
        return None
    fetch = request(url, element, place, Purpose.AUDIO)
    return Audio(url, timeout=fetch.timeout, maxage=fetch.maxage, maxstale=fetch.maxstale)


DECLARATIONS = (
    Declaration(
        name="transfer",
        section="2.3.7",
        kinds=frozenset({Kind.INPUT_ITEM}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "filled", "grammar", "prompt", "property"}),
        attributes=(
            *FORM_ITEM,
            Attribute("dest"),
            Attribute("destexpr", some_text),
            Attribute("bridge", designations.boolean),
            Attribute("type", one_of("bridge", "blind", "consultation")),
            Attribute("connecttimeout", designations.seconds),
            Attribute("maxtime", designations.seconds),
            Attribute("transferaudio"),
            Attribute("aai"),
            Attribute("aaiexpr", some_text),
        ),
        exactly_one=(("dest", "destexpr"),),
        at_most_one=(("bridge", "type"), ("aai", "aaiexpr")),
        character_data=True,
        item=Transfer,
    ),
)

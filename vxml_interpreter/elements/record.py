"""<record>: VoiceXML 2.0, 2.3.6."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.activation import Listener, activate
from mirabelle.vxml_interpreter.answers import CallerHungUp, Recorded, RecordFailed, Recording
from mirabelle.vxml_interpreter.commands import Record as RecordAsk
from mirabelle.vxml_interpreter.declarations import FORM_ITEM, Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.events import NOINPUT, Event
from mirabelle.vxml_interpreter.form import InputItem
from mirabelle.vxml_interpreter.grammar.any_key import ANY_KEY
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.hearing import Answer, OfItem
from mirabelle.vxml_interpreter.results import Filling, fill, mark_passed, remember
from mirabelle.vxml_interpreter.script import Json
from mirabelle.vxml_interpreter.waiting import (
    active,
    begin_waiting,
    hung_up,
    input_modes,
    input_timing,
    note_wait,
    require_caller,
)

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


class Record(InputItem):
    """Collects a recording. Its variable is the address by which prompts and submissions know it."""

    def __init__(self, element: "Element", number: int) -> None:
        super().__init__(element, number)
        self.terminates = element.flag("dtmfterm") is not False
        # Speech cannot end a recording; dtmfterm has priority over keys that would.
        self.sources = () if self.terminates else tuple(_keyed(element))

    def visit(self, place: "Place") -> "Steps[Answer | Filling | None]":
        """Record, and give what came of it to whom it belongs."""
        require_caller(place.session)
        listeners = yield from self._listeners(place)
        prompts = begin_waiting(place)
        here = place.properties()
        timing = input_timing(prompts, here)
        reply = yield RecordAsk(
            prompts,
            active(listeners),
            timing,
            input_modes(here) & {Mode.DTMF},
            beep=self.element.flag("beep") or False,
            maxtime=self.element.number("maxtime"),
            finalsilence=self.element.number("finalsilence"),
            type=self.element.text("type") or "",
        )
        note_wait(reply, timing, place.session)
        if isinstance(reply, CallerHungUp):
            raise hung_up(place.session)
        if isinstance(reply, RecordFailed):
            raise place.fault(self.element, reply.message, reply.event)
        if not isinstance(reply, Recorded):
            raise Event(NOINPUT, "nothing was recorded within the timeout")
        return (yield from self._take(reply, listeners, place))

    def _listeners(self, place: "Place") -> "Steps[Sequence[Listener]]":
        modal = self.element.flag("modal") is not False
        found = yield from activate(place, modal=modal, required=False)
        listeners = [listener for listener in found if listener.grammar.mode is Mode.DTMF]
        if self.terminates:
            listeners.append(Listener(ANY_KEY, OfItem(self), name="dtmfterm"))
        for listener in listeners:
            place.trace("activate", self.element, "{}: {}", listener.grammar.mode, listener.name)
        return listeners

    def _take(self, reply: Recorded, listeners: Sequence[Listener], place: "Place") -> "Steps[Answer | Filling | None]":
        termchar: str | None = None
        if reply.matched is not None:
            yield from remember(reply.matched, place)
            listener = listeners[reply.matched.key]
            if not (isinstance(listener.owner, OfItem) and listener.owner.item is self):
                # The recording is not this item's any more: the input leads elsewhere.
                return Answer(reply.matched, listener.owner)
            termchar = reply.matched.matches[0].utterance if listener.grammar is ANY_KEY else None
        filling = None if reply.recording is None else self._filling(reply, reply.recording, termchar, place)
        if reply.hung_up:
            if filling is not None:
                fill(filling, place)
            raise hung_up(place.session)
        return filling

    def _filling(self, reply: Recorded, recording: Recording, termchar: str | None, place: "Place") -> Filling:
        place.session.recordings[recording.url] = recording
        shadow: dict[str, Json] = {
            "duration": round(recording.duration * 1000),
            "size": recording.size,
            "maxtime": reply.maxtime,
            **mark_passed(reply.mark),
        }
        return Filling(self, recording.url, shadow | ({} if termchar is None else {"termchar": termchar}))


def _keyed(element: "Element") -> "Iterator[Element]":
    """The grammars that may be of keys: what is written in the document says its mode, others may say it themselves."""
    for grammar in element.elements("grammar"):
        if grammar.text("mode") == "dtmf" or ("mode" not in grammar and not grammar.markup):
            yield grammar


DECLARATIONS = (
    Declaration(
        name="record",
        section="2.3.6",
        kinds=frozenset({Kind.INPUT_ITEM}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "filled", "grammar", "prompt", "property"}),
        attributes=(
            *FORM_ITEM,
            Attribute("modal", designations.boolean),
            Attribute("beep", designations.boolean),
            Attribute("maxtime", designations.seconds),
            Attribute("finalsilence", designations.seconds),
            Attribute("dtmfterm", designations.boolean),
            Attribute("type", some_text),
        ),
        character_data=True,
        item=Record,
    ),
)

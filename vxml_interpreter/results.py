"""What was heard, for scripts: application.lastresult$ (5.1.5), shadow variables (2.3.1) and filling (3.1.6.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.answers import MarkPassed, NotMatched, Recognized, Recording
from mirabelle.vxml_interpreter.events import SEMANTIC, Event
from mirabelle.vxml_interpreter.form import InputItem
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.script import UNDEFINED, Json, Scope, ScriptError, ScriptLimit, Undefined, Value

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place

_LAST = "lastresult$"
_SHARE = f"{_LAST}.interpretation = {_LAST}[0].interpretation;"


@dataclass(frozen=True, slots=True)
class Filling:
    """What visiting an item brought without a grammar: subdialog, object, recording, transfer (2.3.4 to 2.3.7).

    `shadow` are its shadow variables. An undefined `value` leaves the item unfilled.
    """

    item: InputItem
    value: Value | Json
    shadow: Mapping[str, Json] = field(default_factory=dict)


def slot_value(interpretation: Json, slot: str) -> Json | Undefined:
    """The property of a structure that a slot names, dots leading inwards; undefined where nothing is: Table 32."""
    value = interpretation
    for name in slot.split("."):
        if not isinstance(value, Mapping) or value.get(name) is None:
            return UNDEFINED
        value = value[name]
    return value


def forget(place: "Place") -> None:
    """The waiting state is entered: lastresult$ is undefined again."""
    place.session.script.declare(place.context.root.scope, _LAST, UNDEFINED)


def remember(reply: Recognized | NotMatched, place: "Place") -> "Steps[None]":
    """Set lastresult$: at most maxnbest results, no two of the same words and meaning (5.1.5)."""
    try:
        results = list(_results(reply, int(place.seconds("maxnbest"))))
    except RecursionError as error:
        raise Event(SEMANTIC, "what was heard is nested too deeply") from error
    script, scope = place.session.script, place.context.root.scope
    _declare(place, scope, _LAST, [*results])
    for part, value in results[0].items():
        if isinstance(value, dict | list):
            # One object, however it is reached.
            yield from place.script(place.context.root.document.element, script.evaluate(_SHARE, scope))
        else:
            script.set_path(scope, f"{_LAST}.{part}", value)
    if reply.recording is not None:
        place.session.recordings[reply.recording.url] = reply.recording
    for part, value in (mark_passed(reply.mark) | utterance_kept(reply.recording)).items():
        script.set_path(scope, f"{_LAST}.{part}", value)


def utterance_kept(recording: Recording | None) -> dict[str, Json]:
    """The properties for what was said, its length in milliseconds; none where nothing was kept (VoiceXML 2.1, 7)."""
    if recording is None:
        return {}
    length = round(recording.duration * 1000)
    return {"recording": recording.url, "recordingsize": recording.size, "recordingduration": length}


def mark_passed(mark: MarkPassed | None) -> dict[str, Json]:
    """The properties for the last mark, whole milliseconds; none where none was passed (VoiceXML 2.1, 4)."""
    return {} if mark is None else {"markname": mark.name, "marktime": round(mark.ago * 1000)}


def _results(reply: Recognized | NotMatched, most: int) -> Iterator[dict[str, Json]]:
    if isinstance(reply, NotMatched):
        # Without interpretation, which is undefined then.
        yield _heard(reply.utterance, reply.mode, reply.confidence)
        return
    confidences = reply.confidences or (reply.confidence,) * len(reply.matches)
    different: dict[str, dict[str, Json]] = {}
    for match, confidence in zip(reply.matches, confidences, strict=False):
        result = {**_heard(match.utterance, reply.mode, confidence), "interpretation": match.interpretation}
        different.setdefault(repr((match.utterance, match.interpretation)), result)
    yield from islice(different.values(), most)


def _heard(utterance: str, mode: Mode, confidence: float) -> dict[str, Json]:
    return {"utterance": utterance, "inputmode": mode.value, "confidence": confidence}


def fill(filling: Filling, place: "Place") -> tuple[InputItem, ...]:
    """Set an item's variable and shadow variables. Returns it, unless the value leaves it unfilled."""
    if place.visit is None:
        return ()
    scope = place.visit.scope
    _declare(place, scope, filling.item.variable, filling.value)
    _declare(place, scope, f"{filling.item.variable}$", dict(filling.shadow))
    return () if filling.value is UNDEFINED else (filling.item,)


def _declare(place: "Place", scope: Scope, name: str, value: Value | Json) -> None:
    """Declare what came from outside, of which nobody knows how large it is. Raises error.semantic."""
    try:
        place.session.script.declare(scope, name, value)
    except (ScriptError, ScriptLimit) as error:
        raise Event(SEMANTIC, f"what came for {name} cannot be kept: {error}") from error


def fill_item(item: InputItem, reply: Recognized, place: "Place") -> tuple[InputItem, ...]:
    """A field-level result: the part of a structure that the slot names, or else the whole (3.1.6.2)."""
    interpretation = reply.matches[0].interpretation
    found = slot_value(interpretation, item.slot)
    whole = UNDEFINED if interpretation is None else interpretation
    return _begun(fill(Filling(item, whole if found is UNDEFINED else found, _shadow(reply)), place), place)


def fill_slots(reply: Recognized, place: "Place") -> tuple[InputItem, ...]:
    """A form-level result: every input item for whose slot the structure has a value (3.1.6.1)."""
    filled: tuple[InputItem, ...] = ()
    for item in place.visit.dialog.items if place.visit else ():
        value = slot_value(reply.matches[0].interpretation, item.slot) if isinstance(item, InputItem) else UNDEFINED
        if isinstance(item, InputItem) and value is not UNDEFINED:
            filled += fill(Filling(item, value, _shadow(reply)), place)
    return _begun(filled, place)


def _begun(filled: tuple[InputItem, ...], place: "Place") -> tuple[InputItem, ...]:
    """2.3.3: the `<initial>`s of the form have done their work once an utterance has filled anything."""
    if filled and place.visit is not None:
        for item in place.visit.dialog.items:
            if item.initial:
                place.session.script.declare(place.visit.scope, item.variable, value=True)
    return filled


def _shadow(reply: Recognized) -> dict[str, Json]:
    """Table 10: the same as lastresult$."""
    first = reply.matches[0]
    confidence = reply.confidences[0] if reply.confidences else reply.confidence
    heard = _heard(first.utterance, reply.mode, confidence)
    kept = utterance_kept(reply.recording)
    return {**heard, "interpretation": first.interpretation, **mark_passed(reply.mark), **kept}

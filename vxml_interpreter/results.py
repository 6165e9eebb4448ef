"""What was heard, for scripts: application.lastresult$ (5.1.5), shadow variables (2.3.1) and filling (3.1.6.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.answers import NotMatched, Recognized
from mirabelle.vxml_interpreter.form import InputItem
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.script import UNDEFINED, Json, Undefined

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place

_LAST = "lastresult$"
_SHARE = f"{_LAST}.interpretation = {_LAST}[0].interpretation;"


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the caller said, as an item's grammar understood it; a field-level result."""

    item: InputItem
    utterance: str
    mode: Mode
    confidence: float
    interpretation: Json

    @property
    def filling(self) -> Json | Undefined:
        """What goes into the item's variable: 3.1.6.2."""
        found = slot_value(self.interpretation, self.item.slot)
        whole = UNDEFINED if self.interpretation is None else self.interpretation
        return whole if found is UNDEFINED else found

    def shadow(self) -> dict[str, Json]:
        """The shadow variables: Table 10."""
        return {**_heard(self.utterance, self.mode, self.confidence), "interpretation": self.interpretation}


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
    results = list(_results(reply, int(place.seconds("maxnbest"))))
    script, scope = place.session.script, place.context.root.scope
    script.declare(scope, _LAST, [*results])
    for part, value in results[0].items():
        if isinstance(value, dict | list):
            # One object, however it is reached.
            yield from place.script(place.context.root.document.element, script.evaluate(_SHARE, scope))
        else:
            script.set_path(scope, f"{_LAST}.{part}", value)


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


def fill(utterance: Utterance, place: "Place") -> bool:
    """Set the item's variable and its shadow variables; False when the result leaves the variable undefined."""
    if place.visit is None:
        return False
    script, scope = place.session.script, place.visit.scope
    value = utterance.filling
    script.declare(scope, utterance.item.variable, value)
    script.declare(scope, f"{utterance.item.variable}$", utterance.shadow())
    return value is not UNDEFINED

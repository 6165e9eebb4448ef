"""The form interpretation algorithm: VoiceXML 2.0, Appendix C and 2.1.6."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter import prompts
from mirabelle.vxml_interpreter.catching import handle
from mirabelle.vxml_interpreter.content import execute, run
from mirabelle.vxml_interpreter.events import SEMANTIC, Event
from mirabelle.vxml_interpreter.form import Filled, FormItem
from mirabelle.vxml_interpreter.hearing import Answer
from mirabelle.vxml_interpreter.leaving import NextItem
from mirabelle.vxml_interpreter.results import Filling, fill
from mirabelle.vxml_interpreter.script import UNDEFINED, Value
from mirabelle.vxml_interpreter.scripting import name_fault
from mirabelle.vxml_interpreter.visit import Visit

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place

Phase = Callable[["Visit", "Place"], "Steps[Phase | None]"]
Outcome = Answer | Filling | None


def interpret(visit: Visit, place: "Place") -> "Steps[None]":
    """Visit a form until no item remains or an event at dialog level leads nowhere: the implied `<exit>`."""
    phase: Phase | None = initialize
    while phase is not None:
        try:
            phase = yield from phase(visit, place)
        except NextItem as out:
            visit.sought = out
            # Appendix C: a form that could not be initialised ends unless its handler leaves it.
            phase = None if phase is initialize else choose


def choose(visit: Visit, place: "Place") -> "Steps[Phase | None]":
    """Find the item that goto named. 5.3.7: one that does not exist is an error in the dialog's scope."""
    sought, visit.sought = visit.sought, None
    if sought is not None:
        visit.chosen = visit.dialog.item(sought.name)
        if visit.chosen is None:
            yield from handle(sought.missing, place, visit.events)
    return iterate


# ---- initialisation phase (2.1.6.1) ----


def initialize(visit: Visit, place: "Place") -> "Steps[Phase | None]":
    """Variables, scripts and form items in document order. An event here is the dialog's, and its end."""
    try:
        if visit.dialog.element.declaration.interpret is None:
            raise place.unsupported(visit.dialog.element)
        place.trace("enter", visit.dialog.element, "<{}> {}", visit.dialog.element.name, visit.dialog.id or "")
        raise_faults(visit.dialog.element.faults, place)
        for part in visit.dialog.initial:
            if isinstance(part, FormItem):
                yield from _declare(part, visit, place)
            else:
                yield from execute(part, place)
    except Event as event:
        yield from handle(event, place, visit.events)
        return None
    return iterate if visit.answer is None else resume


def resume(visit: Visit, place: "Place") -> "Steps[Phase | None]":
    """Appendix C: what the caller said in another dialog brought him here, so the main loop begins by processing it."""
    answer, visit.answer = visit.answer, None
    # A menu is its own item; what a form's grammar heard belongs to the form.
    yield from process(answer, visit, visit.dialog.items[0] if visit.dialog.choices else None, place)
    return iterate


def _declare(item: FormItem, visit: Visit, place: "Place") -> "Steps[None]":
    fault = name_fault(item.named) if item.named else None
    if fault is not None:
        raise place.fault(item.element, fault)
    yield from place.step()
    place.session.script.declare(visit.scope, item.variable, (yield from place.evaluate(item.element)))
    place.trace_value("set", item.element, visit.scope, item.variable)
    if item.fillable:
        place.session.script.declare(visit.scope, f"{item.variable}$", {})


def raise_faults(faults: tuple[str, ...], place: "Place") -> None:
    """6.3: a property with an invalid value is error.semantic where it would come into effect."""
    if faults:
        raise Event(SEMANTIC, f"{place.source}: {faults[0]}")


# ---- main loop (2.1.6.2) ----


def iterate(visit: Visit, place: "Place") -> "Steps[Phase | None]":
    """One iteration: select, collect, process. None: nothing remains."""
    suppressed, visit.suppressed = visit.suppressed, False
    try:
        place.session.guard.turn()
        item = yield from select(visit, place)
    except Event as event:
        yield from handle(event, place, visit.events)
        return None
    if item is None:
        return None
    try:
        outcome = yield from collect(item, visit, place.at(item), suppressed=suppressed)
    except Event as event:
        yield from handle(event, place.at(item), visit.state(item).events)
        return iterate
    yield from process(outcome, visit, item, place)
    return iterate


def select(visit: Visit, place: "Place") -> "Steps[FormItem | None]":
    """The item that goto named, or the first whose guard condition is not satisfied."""
    if visit.chosen is not None:
        chosen, visit.chosen = visit.chosen, None
        place.trace("select", chosen.element, "{} was named by goto nextitem", chosen.variable)
        return chosen
    yield from place.looks(len(visit.dialog.items))
    for item in visit.dialog.items:
        if value_of(item, visit, place) is not UNDEFINED:
            place.trace_value("guard", item.element, visit.scope, item.variable)
        elif not (yield from place.holds(item.element, "cond")):
            place.trace("guard", item.element, "{}: cond is false", item.variable)
        else:
            place.trace("select", item.element, "{} is the first that is not filled", item.variable)
            return item
    place.trace("select", visit.dialog.element, "no item is left")
    return None


def value_of(item: FormItem, visit: Visit, place: "Place") -> Value:
    """The value of a form item variable, which the initialisation phase has declared for good."""
    return place.session.script.value(visit.scope, item.variable)


def collect(item: FormItem, visit: Visit, place: "Place", *, suppressed: bool) -> "Steps[Outcome]":
    """Queue the item's prompts unless a handler has just spoken in their place (5.3.6), and visit it."""
    raise_faults(item.element.faults, place)
    if item.prompted and suppressed:
        place.trace("visit", item.element, "no prompts: a handler without <reprompt> spoke in their place")
    if item.prompted and not suppressed:
        state = visit.state(item)
        place.trace("visit", item.element, "prompt counter of {} is {}", item.variable, state.prompts)
        for prompt in (yield from prompts.select(item.prompts, state.prompts, place)):
            yield from prompts.queue(prompt, place)
        state.prompts += 1
    return (yield from item.visit(place))


# ---- process phase (2.1.6.2.3) ----


def process(outcome: Outcome, visit: Visit, item: FormItem | None, place: "Place") -> "Steps[None]":
    """Do what the input asks for; execute what its filling of items triggers."""
    where, counters = (place.at(item), visit.state(item).events) if item else (place, visit.events)
    try:
        filled = yield from _take(outcome, where)
    except Event as event:
        yield from handle(event, where, counters)
        return
    yield from _act(filled, visit, place)


def _take(outcome: Outcome, place: "Place") -> "Steps[Sequence[FormItem]]":
    if isinstance(outcome, Answer):
        return (yield from outcome.owner.take(outcome.reply, place))
    return () if outcome is None else fill(outcome, place)


def _act(just_filled: Sequence[FormItem], visit: Visit, place: "Place") -> "Steps[None]":
    """The actions that this triggers, in document order: 2.4."""
    for item in just_filled:
        place.trace_value("fill", item.element, visit.scope, item.variable)
    for action in visit.dialog.filled:
        where = place.at(action.item) if action.item else place
        try:
            yield from place.looks(len(action.items))
            if _triggered(action, just_filled, visit, place):
                place.trace("filled", action.element, "triggered by {}", ", ".join(one.variable for one in just_filled))
                yield from run(action.element.children, where.anonymous())
        except Event as event:
            counters = visit.state(action.item).events if action.item else visit.events
            yield from handle(event, where, counters)
            return


def _triggered(action: Filled, just_filled: Sequence[FormItem], visit: Visit, place: "Place") -> bool:
    if action.watched.isdisjoint(just_filled):
        return False
    filled = (value_of(item, visit, place) is not UNDEFINED for item in action.items)
    return all(filled) if action.every else any(filled)

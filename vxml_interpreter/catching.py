"""Finding and running the handler of an event: VoiceXML 2.0, 5.2.4 and 5.2.5."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import EndReason, Thrown
from mirabelle.vxml_interpreter.content import run
from mirabelle.vxml_interpreter.events import Event, event_name
from mirabelle.vxml_interpreter.leaving import Ending
from mirabelle.vxml_interpreter.script import UNDEFINED, Scope
from mirabelle.vxml_interpreter.speech.prompt import Prompt, Text
from mirabelle.vxml_interpreter.tree import Catch
from mirabelle.vxml_interpreter.visit import EventCounters

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place


@dataclass(frozen=True, slots=True)
class _Found:
    catch: Catch
    source: str


def handle(event: Event, place: "Place", counters: EventCounters) -> "Steps[None]":
    """Run the handler of an event, and of each event that a handler throws in turn (5.2: where the first arose)."""
    while True:
        try:
            place.session.guard.turn()
            yield from _handle(event, place, counters)
        except Event as another:
            event = another
        else:
            return


def _handle(event: Event, place: "Place", counters: EventCounters) -> "Steps[None]":
    counters.count(event.name)
    scope = _scope(event, place)
    found = yield from _select(event, place, scope, counters)
    caught_by = _default(event) if found is None else _where(found, place)
    place.session.tell(Thrown(event.name, event.told, caught_by))
    if found is not None:
        count = counters.of(event_name(event.name))
        place.trace(
            "catch",
            found.catch.element,
            "{}, occurrence {}: <{}> with count {}",
            event.name,
            count,
            found.catch.element.name,
            found.catch.count,
        )
    if place.visit is not None:
        place.visit.suppressed = True
    if found is None:
        _act_by_default(event, place)
    else:
        yield from run(found.catch.element.children, place.handling(scope, found.source))


def _scope(event: Event, place: "Place") -> Scope:
    """The anonymous scope of the handler: `_event` and `_message` (5.2.2)."""
    script = place.session.script
    scope = script.scope(place.scope)
    script.declare(scope, "_event", event.name, writable=False)
    script.declare(scope, "_message", UNDEFINED if event.message is None else event.message, writable=False)
    return scope


def _select(event: Event, place: "Place", scope: Scope, counters: EventCounters) -> "Steps[_Found | None]":
    """5.2.4: of all that match, in all scopes, the first with the highest count that has been reached."""
    thrown = event_name(event.name)
    best: _Found | None = None
    for element, source in place.levels():
        yield from place.looks(sum(len(catch.events) for catch in element.catches))
        for catch in element.catches:
            if _reached(catch, thrown, counters) and (best is None or catch.count > best.catch.count):
                inside = place.handling(scope, source)
                if not catch.cond or (yield from inside.holds(catch.element, "cond")):
                    best = _Found(catch, source)
    return best


def _reached(catch: Catch, thrown: tuple[str, ...], counters: EventCounters) -> bool:
    return any(thrown[: len(name)] == name and catch.count <= counters.of(name) for name in catch.events)


def _where(found: _Found, place: "Place") -> str:
    line = f"line {found.catch.element.line}"
    return line if found.source == place.context.active.source.url else f"{found.source} {line}"


_CONTINUES = ("cancel", "help", "noinput", "nomatch", "maxspeechtimeout")
_PLATFORM = (*_CONTINUES, "exit", "connection.disconnect")
_SILENT = ("cancel", "noinput", "exit", "connection.disconnect")


def _matching(event: Event, names: tuple[str, ...]) -> str | None:
    thrown = event_name(event.name)
    return next((name for name in names if thrown[: len(event_name(name))] == event_name(name)), None)


def _default(event: Event) -> str | None:
    return "platform" if _matching(event, _PLATFORM) else None


def _act_by_default(event: Event, place: "Place") -> None:
    """Table 44: what the platform does with an event for which the author wrote no handler."""
    name = _matching(event, (*_PLATFORM, "error"))
    if name not in _SILENT:
        _say(place.session.settings.messages.get(name or "", ""), place)
    if name in _CONTINUES:
        if place.visit is not None:
            place.visit.suppressed = name == "cancel"
        return
    if name == "error":
        raise Ending(EndReason.ERROR, error=str(event))
    # A hang-up that a document merely throws is none: what the end is called, the connection decides.
    raise Ending(EndReason.EXIT if name == "exit" else EndReason.END)


def _say(message: str, place: "Place") -> None:
    if message:
        bargein, timeout = bool(place.property_value("bargein")), place.seconds("timeout")
        place.session.queue.add(Prompt((Text(message),), bargein, timeout=timeout, language=place.language))

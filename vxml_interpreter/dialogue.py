"""The whole dialogue, from the first document to the end: VoiceXML 2.0, 1.5."""

from dataclasses import replace
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.application import Context, Loaded, Source, Target
from mirabelle.vxml_interpreter.behaviour import Returned
from mirabelle.vxml_interpreter.catching import handle
from mirabelle.vxml_interpreter.commands import Ended, EndReason, Entered, FetchRequest, Thrown
from mirabelle.vxml_interpreter.content import execute
from mirabelle.vxml_interpreter.declarations import Kind
from mirabelle.vxml_interpreter.events import Event
from mirabelle.vxml_interpreter.fia import interpret, raise_faults
from mirabelle.vxml_interpreter.leaving import Ending, Returning, Transition
from mirabelle.vxml_interpreter.navigation import obtain
from mirabelle.vxml_interpreter.place import Place
from mirabelle.vxml_interpreter.playing import play
from mirabelle.vxml_interpreter.prefetching import tell_hints
from mirabelle.vxml_interpreter.script import UNDEFINED, Scope
from mirabelle.vxml_interpreter.session import Connection, Session
from mirabelle.vxml_interpreter.visit import EventCounters, Visit

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps


def dialogue(session: Session, asked: FetchRequest) -> "Steps[None]":
    """Run until the end, and tell it. Before the end everything queued is played (4.1.8)."""
    try:
        target = yield from _begin(session, asked)
        yield from follow(session, target)
        ending = Ending(EndReason.END)
    except Ending as out:
        ending = out
    gone_before = session.connection is not Connection.UP
    yield from play(session)
    reason = ending.reason
    if reason is EndReason.END and (gone_before or session.connection is not Connection.UP):
        reason = session.hung_up
    session.tell(Ended(reason, {**session.returned, **ending.values}, ending.error))


def _begin(session: Session, asked: FetchRequest) -> "Steps[Target]":
    url, _, fragment = asked.url.partition("#")
    try:
        session.raise_fault()
        return (yield from obtain(session, replace(asked, url=url), fragment, None))
    except Event as event:
        session.tell(Thrown(event.name, event.told, None))
        raise Ending(EndReason.ERROR, error=str(event)) from event


def follow(session: Session, target: Target, depth: int = 0) -> "Steps[None]":
    """Interpret one dialog after the other, until one ends without a successor (1.5.1)."""
    context: Context | None = None
    following: Target | None = target
    while following is not None:
        try:
            context = yield from _enter(session, following, context, depth)
            if context is not None:
                yield from _interpret(session, context, following)
            following = None
        except Transition as out:
            following = out.target


def call(session: Session, target: Target, depth: int) -> "Steps[Returned]":
    """A subdialog, whose documents have variables of their own (2.3.4). Nothing comes back from it but by `<return>`:
    where nothing is left to do in it, the whole dialogue ends."""
    try:
        yield from follow(session, target, depth)
    except Returning as out:
        return out.returned
    raise Ending(EndReason.END)


def _enter(session: Session, target: Target, before: Context | None, depth: int) -> "Steps[Context | None]":
    """Initialise the documents that are new: root first. None: an event in that led nowhere."""
    root = target.root if isinstance(target.root, Loaded) else _load_root(session, target.root)
    context = Context(root, None, depth)
    if target.leaf is None or not isinstance(target.root, Loaded):
        if target.leaf is None:
            _tell_entered(session, context, before)
        if root is not target.root and not (yield from _initialize(session, context)):
            return None
    if target.leaf is None:
        return context
    leaf = target.leaf if isinstance(target.leaf, Loaded) else _load_leaf(session, target.leaf, root)
    context = Context(root, leaf, depth)
    _tell_entered(session, context, before)
    if leaf is not target.leaf and not (yield from _initialize(session, context)):
        return None
    return context


def _tell_entered(session: Session, context: Context, before: Context | None) -> None:
    if before is None or before.active is not context.active:
        session.tell(Entered(context.active.source.url))


def _load_root(session: Session, source: Source) -> Loaded:
    """In a root document `document.x` is `application.x`: 5.1.2."""
    scope = session.script.scope(session.scope, "application", "document")
    session.script.declare(scope, "lastresult$", UNDEFINED)
    return Loaded(source, scope)


def _load_leaf(session: Session, source: Source, root: Loaded) -> Loaded:
    scope: Scope = session.script.scope(root.scope, "document")
    return Loaded(source, scope)


def _initialize(session: Session, context: Context) -> "Steps[bool]":
    """Variables and scripts of the active document, in document order: 5.3.1, 5.3.12."""
    active = context.active
    place = Place(session, context, active.scope, active.source.url)
    tell_hints(place)
    try:
        raise_faults(active.document.element.faults, place)
        for element in active.document.element.of_kind(Kind.INITIALIZER):
            yield from execute(element, place)
    except Event as event:
        yield from handle(event, place, EventCounters())
        return False
    return True


def _interpret(session: Session, context: Context, target: Target) -> "Steps[None]":
    """Visit one dialog."""
    dialog = target.dialog
    scope = session.script.scope(context.active.scope, "dialog")
    visit = Visit(dialog, scope, target.answer, target.parameters)
    place = Place(session, context, scope, context.active.source.url, visit)
    yield from (dialog.element.declaration.interpret or interpret)(visit, place)

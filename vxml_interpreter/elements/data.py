"""<data>: VoiceXML 2.1, 5."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.answers import Fetched
from mirabelle.vxml_interpreter.commands import FetchRequest, Purpose
from mirabelle.vxml_interpreter.declarations import (
    FETCHING_DOCUMENTS,
    SUBMITTING,
    Attribute,
    Declaration,
    Kind,
    some_text,
)
from mirabelle.vxml_interpreter.dom.access import may_read
from mirabelle.vxml_interpreter.dom.reading import XmlData
from mirabelle.vxml_interpreter.elements.submit import submission, submitted
from mirabelle.vxml_interpreter.events import BADFETCH, NOAUTHORIZATION, Event
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.fetching import audio_meanwhile, fetch
from mirabelle.vxml_interpreter.scripting import name_fault

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """Send and fetch. With a `name` what comes is declared as a DOM, as `<var>` would; without it is ignored."""
    name = element.text("name")
    fault = None if name is None else name_fault(name)
    if fault is not None:
        raise place.fault(element, fault)
    # A loop of requests must come to an end as one of documents does.
    place.session.guard.turn()
    asked = yield from _asked(element, place)
    meanwhile = yield from audio_meanwhile(element, place)
    reply = yield from fetch(asked, meanwhile)
    if name is not None:
        data = _read(reply, asked, element, place)
        document = yield from place.script(element, place.session.dom.document(data))
        place.session.script.declare(place.scope, name, document)


def _asked(element: "Element", place: "Place") -> "Steps[FetchRequest]":
    reference = yield from place.either(element, "src", "srcexpr")
    # Unlike a submit's, an absent namelist sends nothing.
    fields = (yield from submitted(element, place)) if "namelist" in element else ()
    return submission((reference or "").strip(), fields, element, place, Purpose.DATA)


def _read(reply: Fetched, asked: FetchRequest, element: "Element", place: "Place") -> XmlData:
    """The data, if the document in which the element stands may see it."""
    url = (reply.url or asked.url).partition("#")[0]
    try:
        data = place.session.documents.data.load(reply.body, reply.headers.get("content-type", ""))
    except DocumentFault as fault:
        raise Event(BADFETCH, fault.located(url)) from fault
    if not may_read(data.policies, place.source, url, foreign=place.session.settings.foreign_data):
        raise place.fault(element, f"{url} does not allow this document to read it", NOAUTHORIZATION)
    return data


DECLARATIONS = (
    Declaration(
        name="data",
        section="2.1: 5",
        kinds=frozenset({Kind.INITIALIZER, Kind.EXECUTABLE}),
        attributes=(
            Attribute("name", some_text),
            Attribute("src"),
            Attribute("srcexpr", some_text),
            *SUBMITTING,
            *FETCHING_DOCUMENTS,
        ),
        exactly_one=(("src", "srcexpr"),),
        execute=execute,
    ),
)

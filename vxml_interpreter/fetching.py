"""Fetching documents and scripts: VoiceXML 2.0, 6.1. A failure is error.badfetch where the fetch was asked for."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.application import Source
from mirabelle.vxml_interpreter.commands import Fetch, FetchRequest, Purpose
from mirabelle.vxml_interpreter.events import BADFETCH, Event
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.session import Session
from mirabelle.vxml_interpreter.speech.prompt import Audio, Prompt
from mirabelle.vxml_interpreter.waiting import play

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element

_PURPOSES = {Purpose.DOCUMENT: "document", Purpose.SCRIPT: "script", Purpose.DATA: "data"}


def request(url: str, element: "Element", place: "Place", purpose: Purpose = Purpose.DOCUMENT) -> FetchRequest:
    """What an element's fetch attributes and the properties in effect make of a URI: 6.1.1."""

    def chosen(attribute: str, name: str) -> float | None:
        value = element.number(attribute)
        inherited = place.property_value(name)
        return value if value is not None or not isinstance(inherited, int | float) else float(inherited)

    kind = _PURPOSES[purpose]
    return FetchRequest(
        url.partition("#")[0],
        purpose,
        timeout=chosen("fetchtimeout", "fetchtimeout"),
        maxage=chosen("maxage", f"{kind}maxage"),
        maxstale=chosen("maxstale", f"{kind}maxstale"),
    )


def audio_meanwhile(element: "Element", place: "Place") -> "Steps[tuple[Prompt, ...]]":
    """What is heard during a fetch (fetchaudio). What was queued before is played to its end first (4.1.8)."""
    reference = element.text("fetchaudio") or place.property_value("fetchaudio")
    if not isinstance(reference, str) or not reference:
        return ()
    url = place.url(reference, element)
    yield from play(place.session)
    return (Prompt((Audio(url),), bargein=False),)


def fetch(asked: FetchRequest, meanwhile: tuple[Prompt, ...] = ()) -> "Steps[Fetched]":
    """Fetch. Raises error.badfetch, with the protocol's status when there is one (5.2.6)."""
    reply = yield Fetch(asked, meanwhile)
    if isinstance(reply, FetchFailed):
        raise Event(BADFETCH, f"{asked.url}: {reply.message}")
    if not isinstance(reply, Fetched):
        raise TypeError(f"a Fetch is not answered by {reply!r}")
    if not 200 <= reply.status < 300:
        scheme = urlsplit(asked.url).scheme.removesuffix("s") or "http"
        raise Event(f"{BADFETCH}.{scheme}.{reply.status}", f"{asked.url}: the answer has status {reply.status}")
    return reply


def fetch_document(session: Session, asked: FetchRequest, meanwhile: tuple[Prompt, ...] = ()) -> "Steps[Source]":
    """Fetch and compile a document. What is wrong with it is error.badfetch."""
    reply = yield from fetch(asked, meanwhile)
    url = (reply.url or asked.url).partition("#")[0]
    try:
        document = session.documents.load(reply.body, reply.headers.get("content-type", ""))
    except DocumentFault as fault:
        raise Event(BADFETCH, fault.located(url)) from fault
    return Source(document, url, asked.url)


def fetch_script(reference: str, element: "Element", place: "Place") -> "Steps[str]":
    """The source of an external script: 5.3.12. The element's charset is used where the transport names none."""
    url = place.url(reference, element)
    reply = yield from fetch(request(url, element, place, Purpose.SCRIPT))
    limit = place.session.settings.limits.script
    if len(reply.body) > limit:
        raise place.fault(element, f"{url} has {len(reply.body)} bytes; at most {limit} are run", BADFETCH)
    charset = _charset(reply) or element.text("charset") or "utf-8-sig"
    try:
        # Not codecs.decode: that would also unpack zlib, whatever the size, and return bytes.
        return reply.body.decode(charset)
    except (LookupError, ValueError) as error:
        raise place.fault(element, f"{url} cannot be read: {error}", BADFETCH) from error


def _charset(reply: Fetched) -> str | None:
    _, found, rest = reply.headers.get("content-type", "").lower().partition("charset=")
    return rest.split(";")[0].strip(' "') if found else None

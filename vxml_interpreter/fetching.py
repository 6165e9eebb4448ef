"""Fetching what documents refer to: VoiceXML 2.0, 6.1. A failure is error.badfetch where the fetch was asked for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.application import Source
from mirabelle.vxml_interpreter.commands import Fetch, FetchRequest, Purpose
from mirabelle.vxml_interpreter.events import BADFETCH, Event
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.playing import play
from mirabelle.vxml_interpreter.properties import Properties
from mirabelle.vxml_interpreter.session import Session
from mirabelle.vxml_interpreter.speech.prompt import Audio, Prompt

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What is heard during a fetch, from when on, and for how long at least: 6.1.1. Seconds."""

    prompts: tuple[Prompt, ...] = ()
    delay: float = 0.0
    minimum: float = 0.0


SILENCE: Final = Meanwhile()


def request(url: str, element: "Element", place: "Place", purpose: Purpose = Purpose.DOCUMENT) -> FetchRequest:
    """What an element's fetch attributes and the properties in effect make of a URI: 6.1.1."""
    return governed(url, purpose, place.properties(), element)


def governed(url: str, purpose: Purpose, properties: Properties, element: "Element | None" = None) -> FetchRequest:
    """The request for a URI. `element` None: the properties alone govern the fetch."""

    def chosen(attribute: str, name: str) -> float | None:
        value = None if element is None else element.number(attribute)
        inherited = properties.value(name) if value is None else None
        return float(inherited) if isinstance(inherited, int | float) else value

    return FetchRequest(
        url.partition("#")[0],
        purpose,
        timeout=chosen("fetchtimeout", "fetchtimeout"),
        maxage=chosen("maxage", f"{purpose}maxage"),
        maxstale=chosen("maxstale", f"{purpose}maxstale"),
    )


def audio_meanwhile(element: "Element", place: "Place") -> "Steps[Meanwhile]":
    """What is heard during a fetch (fetchaudio). What was queued before is played to its end first (4.1.8)."""
    properties = place.properties()
    reference = element.text("fetchaudio") or properties.value("fetchaudio")
    if not isinstance(reference, str) or not reference:
        return SILENCE
    yield from play(place.session)
    try:
        asked = governed(place.url(reference, element), Purpose.AUDIO, properties)
    except Event:
        # 6.1.1: what goes wrong with fetchaudio is heard by nobody.
        return SILENCE
    audio = Audio(asked.url, timeout=asked.timeout, maxage=asked.maxage, maxstale=asked.maxstale)
    delay, minimum = properties.number("fetchaudiodelay"), properties.number("fetchaudiominimum")
    return Meanwhile((Prompt((audio,), bargein=False),), delay, minimum)


def fetch(asked: FetchRequest, meanwhile: Meanwhile = SILENCE) -> "Steps[Fetched]":
    """Fetch. Raises error.badfetch, with the protocol's status when there is one (5.2.6)."""
    reply = yield Fetch(asked, meanwhile.prompts, meanwhile.delay, meanwhile.minimum)
    if isinstance(reply, FetchFailed):
        raise Event(BADFETCH, f"{asked.url}: {reply.message}")
    if not isinstance(reply, Fetched):
        raise TypeError(f"a Fetch is not answered by {reply!r}")
    if not 200 <= reply.status < 300:
        cause = f"{asked.url}: the answer has status {reply.status}"
        raise Event(f"{BADFETCH}.{_protocol(asked.url)}.{reply.status}", cause)
    return reply


def _protocol(url: str) -> str:
    """5.2.6: the protocol whose response code it is, which is HTTP's also where it is encrypted."""
    scheme = urlsplit(url).scheme.lower()
    return "http" if scheme in ("", "https") else scheme


def fetch_document(session: Session, asked: FetchRequest, meanwhile: Meanwhile = SILENCE) -> "Steps[Source]":
    """Fetch and compile a document. What is wrong with it is error.badfetch."""
    reply = yield from fetch(asked, meanwhile)
    url = (reply.url or asked.url).partition("#")[0]
    try:
        document = session.documents.load(reply.body, reply.headers.get("content-type", ""))
    except DocumentFault as fault:
        raise Event(BADFETCH, fault.located(url)) from fault
    for forgiven in document.forgiven(url):
        session.forgive(forgiven)
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

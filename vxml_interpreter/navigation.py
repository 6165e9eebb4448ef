"""Where goto and submit lead: VoiceXML 2.0, 1.5.2, 5.3.7, 5.3.8. All that can fail does so before anything is left."""

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urldefrag, urljoin

from mirabelle.vxml_interpreter.application import Context, Source, Target, leads_to_root, within_document
from mirabelle.vxml_interpreter.commands import FetchRequest
from mirabelle.vxml_interpreter.document import Document
from mirabelle.vxml_interpreter.events import BADFETCH, SEMANTIC, Event
from mirabelle.vxml_interpreter.fetching import SILENCE, Meanwhile, audio_meanwhile, fetch_document, request
from mirabelle.vxml_interpreter.form import Dialog

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.session import Session
    from mirabelle.vxml_interpreter.tree import Element


def resolve(reference: str, element: "Element", place: "Place") -> "Steps[Target]":
    """The target of a goto, link or choice. A reference to no document is to the current one (1.3)."""
    context = place.context
    address, _, fragment = reference.strip().partition("#")
    if not address:
        return within_document(context, find_dialog(context.active.document, fragment, context.active.source.url))
    url = place.url(address, element)
    if leads_to_root(context, url):
        return Target(find_dialog(context.root.document, fragment, url), context.root)
    meanwhile = yield from audio_meanwhile(element, place)
    return (yield from obtain(place.session, request(url, element, place), fragment, context, meanwhile))


def obtain(
    session: "Session",
    asked: FetchRequest,
    fragment: str,
    context: Context | None,
    meanwhile: Meanwhile = SILENCE,
) -> "Steps[Target]":
    """Fetch a document and, unless the application stays the same, its root document.

    Raises error.badfetch, and error.semantic for a root document that has an application itself.
    """
    source = replace((yield from fetch_document(session, asked, meanwhile)), name=_name(asked))
    dialog = find_dialog(source.document, fragment, source.url)
    if source.document.application is None:
        return Target(dialog, source)
    name = _application(source)
    if context is not None and context.root.source.name == name:
        return Target(dialog, context.root, source)
    root = yield from fetch_document(session, FetchRequest(name, timeout=asked.timeout))
    if root.document.application is not None:
        cause = f'the application root document {name} must not have an "application" of its own'
        raise Event(SEMANTIC, f"{source.url}, line {source.document.element.line}, <vxml>: {cause}")
    return Target(dialog, root, source)


def _name(asked: FetchRequest) -> str:
    """What an application is called whose root answers this: the URI with its query (1.5.2)."""
    if asked.method != "get" or not asked.fields:
        return asked.url
    query = "&".join(f"{quote_plus(name)}={quote_plus(str(value), errors='replace')}" for name, value in asked.fields)
    return f"{asked.url}{'&' if '?' in asked.url else '?'}{query}"


def _application(source: Source) -> str:
    try:
        return urldefrag(urljoin(source.base, source.document.application or "")).url
    except ValueError as error:
        cause = f'the application "{source.document.application}" is not a URI: {error}'
        raise Event(BADFETCH, f"{source.url}, line {source.document.element.line}, <vxml>: {cause}") from error


def find_dialog(document: Document, fragment: str, url: str) -> Dialog:
    """The dialog that a fragment names. Raises error.badfetch when there is none."""
    dialog = document.dialog(fragment)
    if dialog is None:
        missing = f'has no dialog with the id "{fragment}"' if fragment else "has no dialog"
        raise Event(BADFETCH, f"{url} {missing}")
    return dialog

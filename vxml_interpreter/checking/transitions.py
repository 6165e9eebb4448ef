"""Rules about where documents lead: VoiceXML 2.0, 5.3.7 to 5.3.10, 2.3.4, 2.3.7 and 6.1."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from mirabelle.vxml_interpreter.checking.rule import Finding, error, warning
from mirabelle.vxml_interpreter.checking.subject import Subject
from mirabelle.vxml_interpreter.declarations import FORM_ITEMS, Kind
from mirabelle.vxml_interpreter.faults import hint
from mirabelle.vxml_interpreter.tree import Element

URIS: Final = ("next", "src", "application", "dest", "fetchaudio", "transferaudio", "uri", "classid", "codebase")
_ENCTYPES: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_DIALLED: Final = frozenset({"tel", "sip", "sips"})


def reference(element: Element) -> str | None:
    """Where a transition or a call of a subdialog leads, when that is no expression. A submit asks a server first."""
    if element.name in ("goto", "choice", "link"):
        return element.text("next")
    return element.text("src") if element.name == "subdialog" else None


def fragment_here(element: Element) -> str | None:
    """The dialog of the same document to which it leads; None when it leads elsewhere."""
    target = (reference(element) or "").strip()
    return target[1:] if target.startswith("#") else None


@error("dangling-dialog", "5.3.7", "Give a dialog of this document that id, or mend the reference.")
def dangling_dialog(subject: Subject) -> Iterator[Finding]:
    """A fragment names a dialog of the document."""
    for element in subject.named("goto", "choice", "link", "subdialog"):
        fragment = fragment_here(element)
        if fragment and fragment not in subject.ids:
            yield element, f'no dialog of this document has the id "{fragment}"{hint(fragment, sorted(subject.ids))}'


@error("dangling-item", "5.3.7", "Give an item of this form that name, or mend the reference.")
def dangling_item(subject: Subject) -> Iterator[Finding]:
    """`nextitem` names an item of the form; of any form, when it stands outside of forms."""
    items = {dialog: _items(dialog) for dialog in subject.dialogs}
    everywhere = {name: None for there in items.values() for name in there}
    for element in subject.named("goto"):
        name = element.text("nextitem")
        form = subject.around(element, "form")
        there = items.get(form, everywhere) if form else everywhere
        if name is not None and name not in there:
            where = "this form" if form else "this document"
            yield element, f'no form item of {where} is named "{name}"{hint(name, there)}'


def _items(dialog: Element) -> dict[str, None]:
    return {item.text("name") or "": None for item in dialog.of_kind(*FORM_ITEMS)}


@error("not-a-uri", "6.1", "Write a URI: an address, or one relative to this document's.")
def not_a_uri(subject: Subject) -> Iterator[Finding]:
    """References are URIs."""
    for element in subject.elements:
        for name in URIS:
            value = element.text(name) if name in element else None
            if value is not None and (fault := _fault(value)):
                yield element, f'attribute "{name}": "{value[:60]}" is not a URI: {fault}'


def _fault(value: str) -> str | None:
    if any(character in value.strip() for character in ' <>"{}\\'):
        return "it holds a character that URIs cannot"
    try:
        urlsplit(value).port  # noqa: B018 - the port is read when it is asked for
    except ValueError as raised:
        return str(raised)
    return None


@error("unknown-enctype", "5.3.8", "Write application/x-www-form-urlencoded or multipart/form-data.")
def unknown_enctype(subject: Subject) -> Iterator[Finding]:
    """There are two ways to send variables."""
    for element in subject.elements:
        enctype = element.text("enctype")
        if enctype is not None and enctype not in _ENCTYPES:
            yield element, f'the enctype "{enctype}" is none of {", ".join(_ENCTYPES)}'


@warning("multipart-by-get", "5.3.8", 'Write method="post".')
def multipart_by_get(subject: Subject) -> Iterator[Finding]:
    """Only a POST has a body."""
    for element in subject.elements:
        if element.text("enctype") == _ENCTYPES[1] and element.text("method") != "post":
            yield element, "what is sent by GET has no body: the enctype has no effect"


@error("recording-by-get", "5.3.8", 'Write method="post" and enctype="multipart/form-data".')
def recording_by_get(subject: Subject) -> Iterator[Finding]:
    """A recording is sent as a file."""
    recorded = {element.text("name") for element in subject.named("record")} - {None}
    for element in subject.named("submit", "subdialog", "data"):
        sent = recorded.intersection(element.names("namelist") or ())
        if sent and element.text("enctype") != _ENCTYPES[1]:
            yield element, f'"{min(map(str, sent))}" is a recording, and is sent as a file only'


@warning("unknown-destination", "2.3.7", "Write the number as a URI, as in tel:+16175550100.")
def unknown_destination(subject: Subject) -> Iterator[Finding]:
    """A destination is a telephone URI."""
    for element in subject.named("transfer"):
        destination = (element.text("dest") or "").strip()
        scheme = destination.partition(":")[0].lower() if ":" in destination else ""
        if destination and scheme not in _DIALLED:
            yield element, f'"{destination[:60]}" is no telephone URI'


@warning("circle", "C", "Let the form wait for the caller, or make the way back depend on something.")
def circle(subject: Subject) -> Iterator[Finding]:
    """A form that asks nothing does not always lead to itself."""
    for form in subject.dialogs:
        if form.name != "form" or any(form.of_kind(Kind.INPUT_ITEM)):
            continue
        for block in form.elements("block"):
            for element in block.elements("goto"):
                if form.text("id") and fragment_here(element) == form.text("id") and "cond" not in block:
                    yield element, "the form leads to itself without ever waiting for the caller"


RULES = (
    dangling_dialog,
    dangling_item,
    not_a_uri,
    unknown_enctype,
    multipart_by_get,
    recording_by_get,
    unknown_destination,
    circle,
)

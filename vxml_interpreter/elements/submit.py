"""<submit>: VoiceXML 2.0, 5.3.8."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import Attachment, FetchRequest, Purpose
from mirabelle.vxml_interpreter.declarations import (
    FETCHING_DOCUMENTS,
    SUBMITTING,
    Attribute,
    Declaration,
    Kind,
    some_text,
)
from mirabelle.vxml_interpreter.events import BADFETCH
from mirabelle.vxml_interpreter.fetching import audio_meanwhile, request
from mirabelle.vxml_interpreter.leaving import Transition
from mirabelle.vxml_interpreter.navigation import obtain
from mirabelle.vxml_interpreter.script import Value
from mirabelle.vxml_interpreter.scripting import is_reference

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element

Fields = tuple[tuple[str, str | Attachment], ...]

_MULTIPART = "multipart/form-data"
_ENCTYPES = ("application/x-www-form-urlencoded", _MULTIPART)
_NOTHING_SAID = "[object "


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """Send variables and go to the document that answers. It is fetched even for a mere fragment."""
    reference = (yield from place.either(element, "next", "expr")) or ""
    address, _, fragment = reference.strip().partition("#")
    asked = submission(address, (yield from submitted(element, place)), element, place)
    meanwhile = yield from audio_meanwhile(element, place)
    raise Transition((yield from obtain(place.session, asked, fragment, place.context, meanwhile)))


def submission(
    address: str, fields: Fields, element: "Element", place: "Place", purpose: Purpose = Purpose.DOCUMENT
) -> FetchRequest:
    """The request that sends these fields. Without an address they go to that of the document."""
    enctype = element.text("enctype") or _ENCTYPES[0]
    if enctype not in _ENCTYPES:
        raise place.fault(element, f'the enctype "{enctype}" is none of {", ".join(_ENCTYPES)}', BADFETCH)
    url = place.url(address, element) if address else place.context.active.source.base
    method = element.text("method") or "get"
    return replace(request(url, element, place, purpose), method=method, fields=fields, enctype=enctype)


def submitted(element: "Element", place: "Place") -> "Steps[Fields]":
    """The variables of the namelist; by default all named input items."""
    names = element.names("namelist")
    if names is None:
        items = place.visit.dialog.items if place.visit else ()
        names = tuple(item.named for item in items if item.fillable and item.named)
    fields: list[tuple[str, str | Attachment]] = []
    room = place.session.settings.limits.submitted
    for name in names:
        if not is_reference(name):
            raise place.fault(element, f'"{name}" in the namelist is neither a variable nor a property of one')
        value = yield from place.script(element, place.session.script.evaluate(name, place.scope))
        sent = yield from _sent(value, element, place)
        room -= len(name) + (len(sent) if isinstance(sent, str) else 0)
        if room < 0:
            cause = f"the fields have more than {place.session.settings.limits.submitted} characters"
            raise place.fault(element, cause)
        fields.append((name, sent))
    return tuple(fields)


def _sent(value: Value, element: "Element", place: "Place") -> "Steps[str | Attachment]":
    """What of a value is sent. The recommendation leaves objects and recordings to us: decision 0202."""
    if isinstance(value, str) and value in place.session.recordings and _sends_files(element):
        return Attachment(value)
    script = place.session.script
    text = yield from place.script(element, script.text(value))
    if isinstance(value, str) or _NOTHING_SAID not in text:
        return text
    exported = yield from place.script(element, script.export(value))
    # XML data exports as XML.
    return exported if isinstance(exported, str) else json.dumps(exported, ensure_ascii=False)


def _sends_files(element: "Element") -> bool:
    return element.text("method") == "post" and element.text("enctype") == _MULTIPART


DECLARATIONS = (
    Declaration(
        name="submit",
        section="5.3.8",
        kinds=frozenset({Kind.EXECUTABLE}),
        attributes=(Attribute("next"), Attribute("expr", some_text), *SUBMITTING, *FETCHING_DOCUMENTS),
        exactly_one=(("next", "expr"),),
        execute=execute,
    ),
)

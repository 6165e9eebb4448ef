"""From a `<grammar>` to what listens: VoiceXML 2.0, 3.1.1, 2.3.1.2 and VoiceXML 2.1, 2."""

from typing import TYPE_CHECKING, Final
from urllib.parse import urldefrag, urljoin

from mirabelle.vxml_interpreter.answers import Fetched
from mirabelle.vxml_interpreter.application import Loaded
from mirabelle.vxml_interpreter.builtin_types import BuiltinFault, builtin
from mirabelle.vxml_interpreter.commands import Lenient, Purpose
from mirabelle.vxml_interpreter.events import BADFETCH, UNSUPPORTED
from mirabelle.vxml_interpreter.fetching import fetch, request
from mirabelle.vxml_interpreter.grammar.formats import GrammarFault, GrammarSource, UnsupportedFormat
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Mode
from mirabelle.vxml_interpreter.leniency import grammar_type_guessed
from mirabelle.vxml_interpreter.tree import Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place

_BUILTIN: Final = "builtin:"
_KINDS: Final = {"grammar": Mode.VOICE, "dtmf": Mode.DTMF}


def grammar_of(element: Element, loaded: Loaded, place: "Place") -> "Steps[Grammar]":
    """The grammar that an element stands for, in the document where it stands.

    Raises error.badfetch and error.unsupported.format (3.1.1.4), error.unsupported.builtin (5.2.6), and error.semantic
    for a reference that is a mere fragment.
    """
    reference = yield from place.either(element, "src", "srcexpr")
    if reference is None:
        return (yield from _inline(element, loaded, place))
    reference = reference.strip()
    if reference.startswith(_BUILTIN):
        return _builtin(reference.removeprefix(_BUILTIN), element, place)
    if reference.startswith("#"):
        raise place.fault(element, f'"{reference}" refers into the document itself, where no rules are (3.1.1.4)')
    url = place.resolved(_base(element, loaded), reference, element)
    return (yield from _external(url, element, loaded, place))


def _inline(element: Element, loaded: Loaded, place: "Place") -> "Steps[Grammar]":
    written = element.content().strip() or element.markup
    source = GrammarSource(written.encode(), _base(element, loaded), _mode(element), _language(element, place))
    return (yield from _compiled(source, element.text("type") or "", element, place))


def _external(url: str, element: Element, loaded: Loaded, place: "Place") -> "Steps[Grammar]":
    """Fetched once for each time that the document is loaded: `maxage` rules what another load gets."""
    key = (url, element.text("type") or "", element.text("mode") or "")
    known = loaded.grammars.find(key)
    if known is not None:
        return known
    grammar, size = yield from _fetched(url, element, place)
    loaded.grammars.keep(key, grammar, size)
    return grammar


def _fetched(url: str, element: Element, place: "Place") -> "Steps[tuple[Grammar, int]]":
    """The grammar, and the bytes of its source."""
    reply = yield from fetch(request(url, element, place, Purpose.GRAMMAR))
    rule = url.partition("#")[2]
    base = urldefrag(reply.url or url).url
    source = GrammarSource(reply.body, f"{base}#{rule}" if rule else base, _mode(element), _language(element, place))
    declared = _media_type(reply.headers.get("content-type") or element.text("type") or "", reply, element, place)
    return (yield from _compiled(source, declared, element, place)), len(reply.body)


def _media_type(declared: str, reply: Fetched, element: Element, place: "Place") -> str:
    """The declared type is authoritative (3.1.1.4), unless it is forgiven that the content is of another."""
    forgiven = grammar_type_guessed.LENIENCY.name
    found = grammar_type_guessed.guess(reply.body, declared) if forgiven in place.session.settings.leniencies else None
    if found is None:
        return declared
    message = f"{reply.url}: {grammar_type_guessed.warning(declared, found)}"
    place.session.forgive(Lenient(forgiven, message, place.source, (element.line,)))
    return found


def _compiled(source: GrammarSource, media_type: str, element: Element, place: "Place") -> "Steps[Grammar]":
    try:
        compiling = place.session.documents.grammars.compile(source, media_type)
        reference = next(compiling)
        while True:
            reply = yield from fetch(request(reference, element, place, Purpose.GRAMMAR))
            reference = compiling.send(GrammarSource(reply.body, reply.url or reference, source.mode, source.language))
    except StopIteration as stop:
        grammar: Grammar = stop.value
        return grammar
    except UnsupportedFormat as error:
        raise place.fault(element, str(error), f"{UNSUPPORTED}.format") from error
    except GrammarFault as error:
        raise place.fault(element, str(error), BADFETCH) from error


def _builtin(text: str, element: Element, place: "Place") -> Grammar:
    """2.3.1.2: `builtin:dtmf/digits?length=4`; without a kind the element's mode decides."""
    kind, slash, name = text.partition("/")
    mode = _KINDS.get(kind) if slash else _mode(element) or Mode.VOICE
    try:
        found = builtin(name if slash else text)
    except BuiltinFault as fault:
        raise place.fault(element, f'the builtin grammar "{text}" cannot be: {fault}', BADFETCH) from fault
    offered = next((grammar for grammar in found.grammars() if grammar.mode is mode), None) if found else None
    if offered is None:
        raise place.fault(element, f'the builtin grammar "{text}" is not offered', f"{UNSUPPORTED}.builtin")
    return offered


def _base(element: Element, loaded: Loaded) -> str:
    """2.5: lexically, by the document where the grammar stands."""
    return urljoin(loaded.source.url, element.base) if element.base else loaded.source.base


def _mode(element: Element) -> Mode | None:
    mode = element.text("mode")
    return None if mode is None else Mode(mode)


def _language(element: Element, place: "Place") -> str:
    return element.language or place.session.settings.language

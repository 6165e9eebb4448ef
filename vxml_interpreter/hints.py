"""What a document refers to and may be fetched before it is needed: VoiceXML 2.0, 6.1.3. Found once, at compilation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from mirabelle.vxml_interpreter.commands import Purpose
from mirabelle.vxml_interpreter.declarations import Kind
from mirabelle.vxml_interpreter.tree import Element

# Of a document that refers to more, the first count.
MOST: Final = 200

_REFERENCES: Final = {
    "audio": ("src", Purpose.AUDIO),
    "grammar": ("src", Purpose.GRAMMAR),
    "script": ("src", Purpose.SCRIPT),
    "data": ("src", Purpose.DATA),
    "subdialog": ("src", Purpose.DOCUMENT),
    "goto": ("next", Purpose.DOCUMENT),
    "link": ("next", Purpose.DOCUMENT),
    "choice": ("next", Purpose.DOCUMENT),
}

Levels = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Hinted:
    """A reference that needs no script to be known. `levels` are the properties around it, innermost first.

    `own`: the fetch attributes of the element govern it; those of a fetchaudio are properties alone (6.1.1).
    """

    element: Element
    reference: str
    purpose: Purpose
    levels: Levels
    own: bool = True


def hinted(document: Element) -> tuple[Hinted, ...]:
    """The references of a document, in document order, but for what its initialisation needs at once."""
    return tuple(islice(_all(document, (document.properties,)), MOST))


def _all(document: Element, levels: Levels) -> Iterator[Hinted]:
    yield from _music(document, levels)
    for child in document.elements():
        yield from _below(child, levels, outermost=True)


def _below(element: Element, levels: Levels, *, outermost: bool = False) -> Iterator[Hinted]:
    levels = (element.properties, *levels) if element.properties else levels
    if not (outermost and Kind.INITIALIZER in element.declaration.kinds):
        yield from _own(element, levels)
    yield from _music(element, levels)
    for child in element.elements():
        yield from _below(child, levels)


def _own(element: Element, levels: Levels) -> Iterator[Hinted]:
    attribute, purpose = _REFERENCES.get(element.name, ("", Purpose.DOCUMENT))
    reference = element.text(attribute)
    if reference is not None and _is_fetched(reference) and not _sends(element):
        yield Hinted(element, reference, purpose, levels)


def _music(element: Element, levels: Levels) -> Iterator[Hinted]:
    music = element.text("fetchaudio") or element.properties.get("fetchaudio", "").strip()
    if music:
        yield Hinted(element, music, Purpose.AUDIO, levels, own=False)


def _is_fetched(reference: str) -> bool:
    """A mere fragment is within this document, a builtin grammar within the platform."""
    return not reference.strip().startswith(("#", "builtin:")) and bool(reference.strip())


def _sends(element: Element) -> bool:
    """6.1.3: what is sent is not known yet."""
    return bool(element.names("namelist")) or element.text("method") == "post"

"""Mending documents that are not quite VoiceXML, as far as they are forgiven: the entries are in `leniency`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from mirabelle.vxml_interpreter.nodes import attribute_key, line_of

MOST_TOLD: Final = 200
"""So many uses are remembered of one document."""


@dataclass(frozen=True, slots=True)
class Lenience:
    """One use of a leniency: its name, the line and the element that needed it, and what was made of that."""

    name: str
    line: int
    element: str
    message: str


@dataclass(frozen=True, slots=True)
class Leniency:
    """A fault that is forgiven: `accepts` says which, `makes` what is made of it, `section` who says otherwise.

    `mend` is called with each element of VoiceXML's namespace whose name is in `elements` (empty: with all of them)
    before it is compiled. What is inside of opaque elements is left alone. None: it is heeded elsewhere.
    """

    name: str
    section: str
    accepts: str
    makes: str
    elements: frozenset[str] = frozenset()
    mend: "Callable[[etree._Element, Mending], None] | None" = None


class Mending:
    """One document that is being mended. `keys` are the keys of all attributes that VoiceXML defines.

    Elements that may be mended are in `namespace`, "" for none. `used` is what was forgiven so far.
    """

    def __init__(self, leniencies: Iterable[Leniency], namespace: str, attributes: frozenset[str]) -> None:
        self.keys = frozenset(attribute_key(name) for name in attributes)
        self.used: list[Lenience] = []
        self._prefix = f"{{{namespace}}}" if namespace else ""
        self._by_element: dict[str, list[Leniency]] = {}
        self._everywhere: list[Leniency] = []
        for leniency in leniencies:
            for element in leniency.elements:
                self._by_element.setdefault(element, []).append(leniency)
            if not leniency.elements:
                self._everywhere.append(leniency)

    def mend(self, node: etree._Element) -> None:
        """Mend an element, its descendants not yet."""
        name = self.name_of(node)
        self._apply(self._by_element.get(name, []), node)
        if (renamed := self.name_of(node)) != name:
            self._apply(self._by_element.get(renamed, []), node)
        self._apply(self._everywhere, node)

    def _apply(self, leniencies: list[Leniency], node: etree._Element) -> None:
        for leniency in leniencies:
            if leniency.mend is not None:
                leniency.mend(node, self)

    def name_of(self, node: etree._Element) -> str:
        """The name of an element without its namespace."""
        return str(node.tag).removeprefix(self._prefix)

    def rename(self, node: etree._Element, name: str) -> None:
        """Make another element of VoiceXML of it."""
        node.tag = f"{self._prefix}{name}"

    def tell(self, leniency: str, node: etree._Element, message: str, element: str = "") -> None:
        """A leniency was made use of. `element` is its name in the document, unless it is as it was."""
        if len(self.used) < MOST_TOLD:
            self.used.append(Lenience(leniency, line_of(node), element or self.name_of(node), message))

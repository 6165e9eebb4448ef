"""Telling what may be fetched before it is needed: VoiceXML 2.0, 6.1.3. Told when a document is loaded."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.commands import FetchRequest, Prefetch
from mirabelle.vxml_interpreter.events import Event
from mirabelle.vxml_interpreter.fetching import governed
from mirabelle.vxml_interpreter.hints import Hinted, Levels
from mirabelle.vxml_interpreter.properties import Properties

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.place import Place


def tell_hints(place: "Place") -> None:
    """Tell of each thing once that the active document lets be fetched ahead, of no more than the limits say."""
    limit = place.session.settings.limits.prefetched
    here = _Surroundings(place)
    told: set[FetchRequest] = set()
    for hint in place.context.active.document.hinted:
        if len(told) >= limit:
            return
        asked = _request(hint, place, here.properties(hint.levels))
        if asked is not None and asked not in told:
            told.add(asked)
            place.session.tell(Prefetch(asked))


class _Surroundings:
    """The properties in effect at each nesting, looked up once."""

    def __init__(self, place: "Place") -> None:
        _, *outer = place.context.documents
        self._outer = [loaded.document.element.properties for loaded in outer]
        self._platform = place.session.settings.properties
        self._known: dict[int, Properties] = {}

    def properties(self, levels: Levels) -> Properties:
        """Those of these levels within the root document."""
        # The levels live as long as their document.
        if id(levels) not in self._known:
            self._known[id(levels)] = Properties([*levels, *self._outer], self._platform)
        return self._known[id(levels)]


def _request(hint: Hinted, place: "Place", properties: Properties) -> FetchRequest | None:
    """The very request that will be made (6.1.3); None: only when it is needed."""
    chosen = (hint.element.text("fetchhint") if hint.own else None) or properties.value(f"{hint.purpose}fetchhint")
    if chosen != "prefetch":
        return None
    try:
        url = place.url(hint.reference, hint.element)
    except Event:
        # Told where it is used.
        return None
    return governed(url, hint.purpose, properties, hint.element if hint.own else None)

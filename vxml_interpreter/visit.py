"""What one visit of a dialog owns: counters, and what the next iteration is to do. VoiceXML 2.0, 2.1.6 and 5.2.2."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.events import event_name
from mirabelle.vxml_interpreter.form import Dialog, FormItem
from mirabelle.vxml_interpreter.leaving import NextItem
from mirabelle.vxml_interpreter.script import Scope, Value
from mirabelle.vxml_interpreter.tree import Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.hearing import Answer


class EventCounters:
    """Occurrences by event name; each counts for the name and for all its prefixes: 5.2.2."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, ...]] = Counter()

    def count(self, name: str) -> None:
        """An event of that name was thrown."""
        tokens = event_name(name)
        self._counts.update(tokens[:length] for length in range(len(tokens) + 1))

    def of(self, tokens: tuple[str, ...]) -> int:
        """How many were thrown whose name begins with these tokens."""
        return self._counts[tokens]


@dataclass(slots=True)
class ItemState:
    """The counters of a form item: 4.1.6, 5.2.2."""

    prompts: int = 1
    events: EventCounters = field(default_factory=EventCounters)


@dataclass(slots=True)
class Visit:
    """One visit of a dialog. `answer`: what the caller said elsewhere to get here; `parameters`: what the caller of a
    subdialog gives its `<var>`s; `suppressed`: the last iteration ended with a handler without `<reprompt>` (5.3.6);
    `sought`: what `<goto nextitem>` said, `chosen`: the item that it meant."""

    dialog: Dialog
    scope: Scope
    answer: "Answer | None" = None
    parameters: Mapping[Element, Value] = field(default_factory=dict)
    events: EventCounters = field(default_factory=EventCounters)
    suppressed: bool = False
    sought: NextItem | None = None
    chosen: FormItem | None = None
    states: dict[FormItem, ItemState] = field(default_factory=dict)

    def state(self, item: FormItem) -> ItemState:
        """The counters of an item."""
        return self.states.setdefault(item, ItemState())

    def reset(self, item: FormItem) -> None:
        """Begin the counters of an item anew: 5.3.3."""
        self.states[item] = ItemState()

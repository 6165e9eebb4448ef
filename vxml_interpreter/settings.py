"""What a platform decides for all its dialogues: limits, defaults of properties, messages of default handlers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mirabelle.vxml_interpreter.faults import hint
from mirabelle.vxml_interpreter.leniencies import NAMES

_MESSAGES = MappingProxyType(
    {
        "help": "Sorry, no help is available.",
        "nomatch": "I did not understand.",
        "maxspeechtimeout": "That was too long.",
        "error": "Sorry, an error has occurred. Goodbye.",
        "": "Goodbye.",
    }
)

_UNIVERSALS = MappingProxyType({"help": "help", "exit": "exit", "cancel": "cancel"})


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on documents and dialogues.

    `attributes` are those of one element; `turns` are iterations of form, handler or transition without hearing or
    playing anything, `steps` what is executed, evaluated or looked at meanwhile, a slice of a script counting for 20;
    `unbroken` the steps before others are let run; `queued` the characters of prompts that may wait; `script` the
    bytes of a fetched script; `submitted` the characters of all fields of one request;
    `subdialogs` how deep these may be nested; `data_bytes` and `data_elements` are those of XML data;
    `iterations` those of loops without hearing or playing anything; `prefetched` the resources of one document that
    may be fetched before they are needed, 0 for none.
    """

    document_bytes: int = 1_000_000
    depth: int = 100
    elements: int = 20_000
    attributes: int = 100
    turns: int = 1_000
    steps: int = 400_000
    unbroken: int = 200
    queued: int = 200_000
    script: int = 64_000
    submitted: int = 1_000_000
    subdialogs: int = 20
    data_bytes: int = 500_000
    data_elements: int = 10_000
    iterations: int = 20_000
    prefetched: int = 50


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the interpreter. `properties` override the defaults of 6.3; `lenient` names the leniencies in force
    (docs/voicexml.md), none with `strict`; `messages` are what default handlers say, by event, "" for all others
    (5.2.5); `trace` has the steps of the algorithm told. `languages` are those in which prompts can be spoken (RFC
    3066), None: in any. `universals` are the words of the universal commands, by event (6.3.6). `foreign_data` lets
    documents read XML data of other hosts that say nothing of access.
    """

    limits: Limits = field(default_factory=Limits)
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lenient: frozenset[str] = NAMES
    strict: bool = False
    messages: Mapping[str, str] = field(default_factory=lambda: _MESSAGES)
    language: str = "en-US"
    languages: frozenset[str] | None = None
    trace: bool = False
    foreign_data: bool = True
    universals: Mapping[str, str] = field(default_factory=lambda: _UNIVERSALS)

    def __post_init__(self) -> None:
        unknown = sorted(self.lenient - NAMES)
        if unknown:
            known = ", ".join(sorted(NAMES))
            raise ValueError(
                f"lenient: there is no leniency {unknown[0]!r}{hint(unknown[0], NAMES)}; there are {known}"
            )

    @property
    def leniencies(self) -> frozenset[str]:
        """The leniencies that are in force after all."""
        return frozenset() if self.strict else self.lenient

"""What a platform decides for all its dialogues: limits, defaults of properties, messages of default handlers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_MESSAGES = MappingProxyType(
    {
        "help": "Sorry, no help is available.",
        "nomatch": "I did not understand.",
        "maxspeechtimeout": "That was too long.",
        "error": "Sorry, an error has occurred. Goodbye.",
        "": "Goodbye.",
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on documents and dialogues.

    `attributes` are those of one element; `turns` are iterations of form, handler or transition without hearing or
    playing anything; `queued` the characters of prompts that may wait; `script` the bytes of a fetched script;
    `evaluations` the expressions that are evaluated before others are let run;
    `subdialogs` how deep these may be nested.
    """

    document_bytes: int = 1_000_000
    depth: int = 100
    elements: int = 20_000
    attributes: int = 100
    turns: int = 1_000
    queued: int = 200_000
    script: int = 64_000
    evaluations: int = 200
    subdialogs: int = 20


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the interpreter. `properties` override the defaults of 6.3; `lenient` names the leniencies in
    force; `messages` are what default handlers say, by event, "" for all others (5.2.5); `trace` has the steps of
    the algorithm told."""

    limits: Limits = field(default_factory=Limits)
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lenient: frozenset[str] = frozenset({"no-namespace"})
    messages: Mapping[str, str] = field(default_factory=lambda: _MESSAGES)
    language: str = "en-US"
    trace: bool = False

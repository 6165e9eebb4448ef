"""The kinds of components, and what a class must be to serve as one."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import dataclass, is_dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Any

from mirabelle.core.interfaces.component import NoOptions
from mirabelle.core.interfaces.delivery import ResultDelivery
from mirabelle.core.interfaces.detection import CalleeDetector
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.interfaces.objects import VxmlObject
from mirabelle.core.interfaces.policy import SchedulingPolicy
from mirabelle.core.interfaces.queue import QueueStorage
from mirabelle.core.interfaces.recordings import RecordingStore
from mirabelle.core.interfaces.resources import ResourceFetcher
from mirabelle.core.interfaces.telephony import TelephonyBackend
from mirabelle.vxml_interpreter.script import ScriptEngine


class Kind(Enum):
    """A kind of component: its configuration table, the hook that offers it, its interface."""

    QUEUE = ("queue", "register_queue_storages", QueueStorage)
    DIRECTORY = ("directory", "register_directories", Directory)
    JOURNAL = ("journal", "register_call_journals", CallJournal)
    POLICIES = ("policies", "register_scheduling_policies", SchedulingPolicy)
    TELEPHONY = ("telephony", "register_telephony_backends", TelephonyBackend)
    DETECTORS = ("detectors", "register_callee_detectors", CalleeDetector)
    DELIVERIES = ("deliveries", "register_result_deliveries", ResultDelivery)
    ECMASCRIPT = ("ecmascript", "register_ecmascript_engines", ScriptEngine)
    FETCHERS = ("fetchers", "register_fetchers", ResourceFetcher)
    RECORDINGS = ("recordings", "register_recording_stores", RecordingStore)
    OBJECTS = ("objects", "register_vxml_objects", VxmlObject)

    @property
    def table(self) -> str:
        """The configuration table: `use` in it picks, the table of a component's name within it holds its options."""
        table: str = self.value[0]
        return table

    @property
    def hook(self) -> str:
        """The hook that offers components of this kind."""
        hook: str = self.value[1]
        return hook

    @property
    def interface(self) -> type:
        """What each of them is a subclass of; script engines fulfil a protocol instead."""
        interface: type = self.value[2]
        return interface


@dataclass(frozen=True, slots=True)
class Offered:
    """A class that a plugin offers."""

    kind: Kind
    name: str
    component: type[Any]
    plugin: str

    @property
    def options(self) -> type:
        """The dataclass of its options."""
        options: type = getattr(self.component, "Options", NoOptions)
        return options


def shortcomings(kind: Kind, offered: Any) -> Iterable[str]:
    """Why something cannot be used as a component of this kind; nothing when it can."""
    if not inspect.isclass(offered):
        yield "is not a class"
        return
    if not _is_protocol(kind.interface) and not issubclass(offered, kind.interface):
        yield f"is not a subclass of {kind.interface.__name__}"
        return
    missing = sorted(_missing(kind.interface, offered))
    if missing:
        yield f"lacks {', '.join(missing)}"
    name = getattr(offered, "name", None)
    if not isinstance(name, str) or not name.isidentifier() or name != name.lower() or name == "use":
        yield "needs a class attribute `name` of lower-case letters, digits and '_'; 'use' is taken"
    options = getattr(offered, "Options", NoOptions)
    if not (is_dataclass(options) and options.__dataclass_params__.frozen):  # type: ignore[attr-defined]
        yield "needs a frozen dataclass as its `Options`"


def _is_protocol(interface: type) -> bool:
    return bool(getattr(interface, "_is_protocol", False))


def _missing(interface: type, offered: type) -> Iterable[str]:
    if not _is_protocol(interface):
        return getattr(offered, "__abstractmethods__", ())
    methods = [name for name, value in vars(interface).items() if inspect.isfunction(value)]
    return [name for name in methods if name[0] != "_" and not callable(getattr(offered, name, None))]


def hint(name: str, there: Iterable[str]) -> str:
    """A question that names the nearest of what is there; empty when nothing is near."""
    near = get_close_matches(name, list(there), n=1, cutoff=0.6)
    return f" (did you mean '{near[0]}'?)" if near else ""

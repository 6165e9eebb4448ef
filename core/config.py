"""The configuration: TOML and environment to frozen dataclasses, and the components that it picks.

A table for each part of the core, one for each kind of component (`use` picks) and one for each component's options.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from mirabelle.core import config_sources, registry
from mirabelle.core.api.services import ApiOptions
from mirabelle.core.api.url_probes import ProbeOptions
from mirabelle.core.authentication import LockOptions, PinOptions
from mirabelle.core.component_kinds import Kind, Offered, hint
from mirabelle.core.config_sources import ConfigurationError, Sources
from mirabelle.core.delivering.options import DelivererOptions
from mirabelle.core.dispatching.options import DispatchOptions
from mirabelle.core.fetching.addresses import EgressPolicy
from mirabelle.core.fetching.http import FetchOptions
from mirabelle.core.plugin_sources import PluginsOptions
from mirabelle.core.registry import Registry, RegistryError
from mirabelle.core.structuring import KeyPath, Problem, StructuringError, convert, structure
from mirabelle.core.talking.options import ScriptOptions
from mirabelle.vxml_interpreter.settings import Settings as InterpreterSettings

T = TypeVar("T")


class LogFormat(StrEnum):
    """How log lines are written: AUTO is readable on a terminal and JSON otherwise."""

    AUTO = "auto"
    READABLE = "readable"
    JSON = "json"


class LogLevel(StrEnum):
    """From which severity on lines are written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class LogOptions:
    """Lines are readable on a terminal and JSON otherwise, unless `format` says which. `level`: the least to write."""

    format: LogFormat = LogFormat.AUTO
    level: LogLevel = LogLevel.INFO


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """Where the HTTP interface listens. `patience`: seconds that running calls may take to end when it stops."""

    host: str = "127.0.0.1"
    port: int = 8080
    patience: float = 30.0

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise ValueError("port must be 0 (any free one) to 65535")
        if not 0 <= self.patience < math.inf:
            raise ValueError("patience must be 0 seconds or more")


@dataclass(frozen=True, slots=True)
class AuthenticationOptions:
    """How PINs are checked, and how guessing them is made expensive."""

    pins: PinOptions = field(default_factory=PinOptions)
    locks: LockOptions = field(default_factory=LockOptions)


def data_folder() -> Path:
    """Where the platform keeps its files unless it is told otherwise."""
    return platformdirs.user_data_path("mirabelle", appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the core. `data` is the folder of the platform's files, relative to the configuration file.

    `time_scale` speeds up the clock that every component is lent; it is refused unless loopback is the only telephony.
    HTTP time-outs stay real. What was stored in sped-up time lies ahead of real time: use a data folder of its own.
    """

    data: Path = field(default_factory=data_folder)
    time_scale: float = 1.0
    server: ServerOptions = field(default_factory=ServerOptions)
    log: LogOptions = field(default_factory=LogOptions)
    plugins: PluginsOptions = field(default_factory=PluginsOptions)
    api: ApiOptions = field(default_factory=ApiOptions)
    authentication: AuthenticationOptions = field(default_factory=AuthenticationOptions)
    probes: ProbeOptions = field(default_factory=ProbeOptions)
    dispatcher: DispatchOptions = field(default_factory=DispatchOptions)
    deliverer: DelivererOptions = field(default_factory=DelivererOptions)
    fetching: FetchOptions = field(default_factory=FetchOptions)
    voicexml: InterpreterSettings = field(default_factory=InterpreterSettings)
    scripts: ScriptOptions = field(default_factory=ScriptOptions)

    def __post_init__(self) -> None:
        if not 0 < self.time_scale <= 1000:
            raise ValueError("time_scale must be more than 0 and at most 1000")


@dataclass(frozen=True, slots=True)
class Picked:
    """A component that the configuration picks, and its options."""

    offered: Offered
    options: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that is decided before anything is opened."""

    file: Path | None
    settings: Settings
    registry: Registry = field(repr=False)
    picked: Mapping[Kind, tuple[Picked, ...]] = field(repr=False)


# What is used when `use` is not given; kinds that are not named here use all that is offered.
DEFAULT_USE: Mapping[Kind, tuple[str, ...]] = {
    Kind.QUEUE: ("sqlite",),
    Kind.DIRECTORY: ("sqlite",),
    Kind.JOURNAL: ("sqlite",),
    Kind.POLICIES: ("window", "retry"),
    Kind.TELEPHONY: ("loopback",),
    Kind.DETECTORS: ("call_progress",),
    Kind.ECMASCRIPT: ("js2py",),
    Kind.RECORDINGS: ("files",),
}
SINGLE = frozenset({Kind.QUEUE, Kind.DIRECTORY, Kind.JOURNAL, Kind.ECMASCRIPT, Kind.RECORDINGS})


def load(
    file: Path | None = None,
    environment: Mapping[str, str] | None = None,
    options: Mapping[KeyPath, Any] | None = None,
    defaults: Sequence[str] | None = None,
) -> Configuration:
    """Read file, environment and command line options, load the plugins, and check all of it.

    Raises `ConfigurationError` with every problem that could be found. `defaults`: the default plugins' names.
    """
    sources = config_sources.read(file, environment or {}, options or {})
    settings, problems = _settings(sources)
    folder = file.parent if file else Path.cwd()
    try:
        there = registry.load(_plugins(sources), folder, defaults)
    except RegistryError as error:
        raise ConfigurationError([*problems, *error.problems]) from error
    picked, more = _pick(sources, there)
    problems += more
    if settings and not problems:
        problems += _contradictions(settings, picked)
    if problems or settings is None:
        raise ConfigurationError(problems)
    settings = dataclasses.replace(settings, data=(folder / settings.data.expanduser()).resolve())
    return Configuration(file, settings, there, picked)


def _settings(sources: Sources) -> tuple[Settings | None, list[str]]:
    of_components = {kind.table for kind in Kind}
    core = {name: value for name, value in sources.tables.items() if name not in of_components}
    known = [*(each.name for each in dataclasses.fields(Settings)), *of_components]
    problems = [
        sources.say(Problem(_first_key(name, value), f"unknown table or key '{name}'{hint(name, known)}"))
        for name, value in core.items()
        if name not in known
    ]
    try:
        return structure({name: core[name] for name in core if name in known}, Settings), problems
    except StructuringError as error:
        return None, problems + [sources.say(problem) for problem in error.problems]


def _first_key(name: str, value: Any) -> KeyPath:
    # An unknown table from the environment is known by the variable of its first key.
    return (name, next(iter(value))) if isinstance(value, Mapping) and value else (name,)


def _plugins(sources: Sources) -> PluginsOptions:
    """The table `[plugins]` ahead of the rest; its problems are told with the others'."""
    try:
        return structure(sources.tables.get("plugins", {}), PluginsOptions)
    except StructuringError:
        return PluginsOptions()


def _pick(sources: Sources, there: Registry) -> tuple[dict[Kind, tuple[Picked, ...]], list[str]]:
    picked: dict[Kind, tuple[Picked, ...]] = {}
    problems: list[str] = []
    for kind in Kind:
        table = sources.tables.get(kind.table, {})
        if not isinstance(table, Mapping):
            problems.append(sources.say(Problem((kind.table,), "expected a table")))
            continue
        options, wrong = _options(kind, table, there)
        names, unused = _use(kind, table, there)
        problems += [sources.say(problem) for problem in (*wrong, *unused)]
        picked[kind] = tuple(Picked(there.find(kind, name), options[name]) for name in names if name in options)
    return picked, problems


def _options(kind: Kind, table: Mapping[str, Any], there: Registry) -> tuple[dict[str, Any], list[Problem]]:
    """The options of every component that is offered, used or not: a typo in a table that is not used yet counts."""
    offered = there.offered[kind]
    made: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in table:
        if name != "use" and name not in offered:
            near = hint(name, [*offered, "use"])
            problems.append(Problem((kind.table, name), f"unknown key or component{near}; offered: {_listed(offered)}"))
    for name, each in offered.items():
        try:
            made[name] = structure(table.get(name, {}), each.options, (kind.table, name))
        except StructuringError as error:
            problems += error.problems
    return made, problems


def _use(kind: Kind, table: Mapping[str, Any], there: Registry) -> tuple[tuple[str, ...], list[Problem]]:
    """The names that the configuration picks of a kind."""
    path = (kind.table, "use")
    try:
        names = _wanted(kind, table, there)
    except StructuringError as error:
        return (), list(error.problems)
    problems = []
    for name in names:
        if name not in there.offered[kind]:
            near = hint(name, there.offered[kind])
            offered = _listed(there.offered[kind])
            problems.append(Problem(path, f"there is no component '{name}'{near}; offered: {offered}"))
    if len(set(names)) < len(names):
        problems.append(Problem(path, "names a component twice"))
    if kind is Kind.TELEPHONY and not names:
        problems.append(Problem(path, "names no backend: no call could be placed"))
    return names, problems


def _wanted(kind: Kind, table: Mapping[str, Any], there: Registry) -> tuple[str, ...]:
    if "use" not in table:
        return DEFAULT_USE.get(kind, tuple(there.offered[kind]))
    if kind in SINGLE:
        return (convert(table["use"], str, (kind.table, "use")),)
    names: tuple[str, ...] = convert(table["use"], tuple[str, ...], (kind.table, "use"))
    return names


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _contradictions(settings: Settings, picked: Mapping[Kind, tuple[Picked, ...]]) -> Iterable[str]:
    """What is right key by key and wrong together."""
    telephony = [each.offered.name for each in picked[Kind.TELEPHONY]]
    if settings.time_scale != 1 and telephony != ["loopback"]:
        yield (
            f"time_scale = {settings.time_scale:g} speeds up every clock and is for the loopback telephony alone; "
            f"telephony.use is {', '.join(telephony)}: remove time_scale"
        )
    try:
        EgressPolicy(settings.fetching.egress)
    except ValueError as error:
        yield f"[fetching.egress] {error}"
    for kind in (Kind.DELIVERIES, Kind.FETCHERS):
        yield from _clashes(kind, picked[kind], lambda offered: offered.component.schemes, "{}: URLs")
    yield from _clashes(Kind.OBJECTS, picked[Kind.OBJECTS], lambda offered: offered.component.classids, "{}")


def _clashes(
    kind: Kind, picked: Sequence[Picked], serves: Callable[[Offered], Iterable[str]], called: str
) -> Iterable[str]:
    """What two components of a kind both serve."""
    serving: dict[str, str] = {}
    for each in picked:
        for served in sorted(serves(each.offered)):
            if served in serving:
                both = f"'{serving[served]}' and '{each.offered.name}'"
                what = called.format(served)
                yield f"{kind.table}: {both} both serve {what}; name the one you want in {kind.table}.use"
            serving.setdefault(served, each.offered.name)

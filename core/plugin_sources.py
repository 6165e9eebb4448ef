"""Where plugins come from: the default ones by name, installed packages, and what the configuration names."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

DEFAULT_PLUGINS = (
    "queue_memory",
    "queue_sqlite",
    "policy_window",
    "policy_retry",
    "telephony_loopback",
    "detector_call_progress",
    "delivery_webhook",
    "ecmascript_js2py",
    "recordings_files",
)
ENTRY_POINTS = "mirabelle"


class SourceError(Exception):
    """Plugins cannot be imported. `problems`: one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class PluginsOptions:
    """Which plugins are loaded.

    `load`: modules (`package.module`) or files (`hello.py`, relative to the configuration) to load besides the default
    and the installed plugins. `block`: names of plugins, of whatever origin, not to load.
    """

    load: tuple[str, ...] = ()
    block: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An imported plugin: a module, or an object that an entry point names."""

    name: str
    origin: str
    plugin: object


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    origin: str
    load: Callable[[], object]


def find(options: PluginsOptions, folder: Path, defaults: Sequence[str] | None = None) -> list[Source]:
    """Import every plugin that is not blocked. Raises `SourceError` with all problems."""
    candidates = [
        *_defaults(DEFAULT_PLUGINS if defaults is None else defaults),
        *(_installed(entry) for entry in entry_points(group=ENTRY_POINTS)),
        *(_configured(name, folder) for name in options.load),
    ]
    wanted = [candidate for candidate in candidates if candidate.name not in options.block]
    problems = [*_unknown_blocks(options.block, candidates), *_doubles(wanted)]
    sources = []
    for candidate in wanted:
        try:
            sources.append(Source(candidate.name, candidate.origin, candidate.load()))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, it stops the start with a name
            problems.append(f"plugin '{candidate.name}' ({candidate.origin}) cannot be loaded: {_why(error)}")
    if problems:
        raise SourceError(problems)
    return sources


def _defaults(names: Sequence[str]) -> Iterable[_Candidate]:
    for name in names:
        module = f"mirabelle.plugins.{name}"
        yield _Candidate(name, "default", lambda module=module: importlib.import_module(module))  # type: ignore[misc]


def _installed(entry: EntryPoint) -> _Candidate:
    package = f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
    return _Candidate(entry.name, f"installed with {package}", entry.load)


def _configured(name: str, folder: Path) -> _Candidate:
    if name.endswith(".py"):
        file = (folder / name).resolve()
        return _Candidate(file.stem, f"plugins.load: {name}", lambda: _import_file(file))
    return _Candidate(name, "plugins.load", lambda: importlib.import_module(name))


def _import_file(file: Path) -> ModuleType:
    if not file.is_file():
        raise FileNotFoundError(f"there is no file {file}")
    name = f"mirabelle_plugin_{file.stem}"
    specification = importlib.util.spec_from_file_location(name, file)
    if specification is None or specification.loader is None:
        raise ImportError(f"{file} is not a Python file")
    module = importlib.util.module_from_spec(specification)
    # Dataclasses look their own module up by name while it is executed.
    sys.modules[name] = module
    try:
        specification.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _unknown_blocks(blocked: Sequence[str], candidates: Sequence[_Candidate]) -> Iterable[str]:
    names = [candidate.name for candidate in candidates]
    for name in blocked:
        if name not in names:
            yield f"plugins.block: there is no plugin '{name}'; there are {', '.join(sorted(names))}"


def _doubles(candidates: Sequence[_Candidate]) -> Iterable[str]:
    seen: dict[str, _Candidate] = {}
    for candidate in candidates:
        if candidate.name in seen:
            first = seen[candidate.name].origin
            yield f"two plugins are named '{candidate.name}': one is {first}, one is {candidate.origin}"
        seen.setdefault(candidate.name, candidate)


def _why(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__

"""The plugins that are loaded and the components that they offer, as values.

Everything that a plugin can get wrong is found here, at the start: a module that cannot be imported, a misspelt hook
or argument, a forgotten `@hookimpl`, a class that does not fulfil its interface, two components of one name.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from mirabelle.core import hookspecs, plugin_sources, vxml_offers
from mirabelle.core.component_kinds import Kind, Offered, hint, shortcomings
from mirabelle.core.plugin_sources import PluginsOptions, Source
from mirabelle.vxml_interpreter.declarations import Declaration
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.grammar.formats import GrammarFormat
from mirabelle.vxml_interpreter.grammar.store import Grammars
from mirabelle.vxml_interpreter.settings import Settings
from mirabelle.vxml_interpreter.vocabulary import scan


class RegistryError(Exception):
    """Plugins cannot be used as they are. `problems`: one line each, with who, what and how to mend it."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Plugin:
    """One loaded plugin: its name, where it came from, and the hooks that it implements."""

    name: str
    origin: str
    hooks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """What is loaded. `elements` of other namespaces and `grammar_formats` are what documents may use besides."""

    manager: pluggy.PluginManager = field(repr=False)
    plugins: tuple[Plugin, ...]
    offered: Mapping[Kind, Mapping[str, Offered]]
    elements: tuple[Declaration, ...] = ()
    grammar_formats: tuple[GrammarFormat, ...] = ()

    @property
    def hook(self) -> Any:
        """Calls the plugins: the configured ones first, the default ones last."""
        return self.manager.hook

    def documents(self, settings: Settings) -> Documents:
        """A store for compiled documents, which may use all that plugins offer."""
        return Documents(scan(more=self.elements), settings, grammars=Grammars(self.grammar_formats))

    def find(self, kind: Kind, name: str) -> Offered:
        """The component of that kind and name. Raises `RegistryError` that names those there are."""
        if name in self.offered[kind]:
            return self.offered[kind][name]
        there = ", ".join(sorted(self.offered[kind])) or "none"
        near = hint(name, self.offered[kind])
        raise RegistryError(f"{kind.table}.use: there is no component '{name}'{near}; offered: {there}")


def load(options: PluginsOptions, folder: Path | None = None, defaults: Sequence[str] | None = None) -> Registry:
    """Import and check the default, installed and configured plugins. Raises `RegistryError` with all problems.

    `folder`: what relative files in `plugins.load` start from. `defaults`: names below `mirabelle.plugins`.
    """
    try:
        sources = plugin_sources.find(options, folder or Path.cwd(), defaults)
    except plugin_sources.SourceError as error:
        raise RegistryError(*error.problems) from error
    return assemble(sources)


def assemble(sources: Sequence[Source]) -> Registry:
    """Register what was imported, in the order given, and check it. Raises `RegistryError` with all problems."""
    manager = pluggy.PluginManager("mirabelle")
    manager.add_hookspecs(hookspecs)
    problems = [problem for source in sources for problem in _register(manager, source)]
    problems += [problem for source in sources for problem in _unmarked(source)]
    if problems:
        raise RegistryError(*problems)
    manager.check_pending()
    offered, problems = _collect(manager)
    elements, wrong = vxml_offers.elements(manager)
    formats, unread = vxml_offers.grammar_formats(manager)
    problems += [*wrong, *unread]
    if problems:
        raise RegistryError(*problems)
    plugins = tuple(Plugin(each.name, each.origin, _hooks_of(manager, each.plugin)) for each in sources)
    return Registry(manager, plugins, offered, elements, formats)


def _register(manager: pluggy.PluginManager, source: Source) -> list[str]:
    """Register one plugin; what is wrong with its hooks."""
    problems = list(_misspelt(manager, source))
    if not problems:
        manager.register(source.plugin, source.name)
    return problems


def _misspelt(manager: pluggy.PluginManager, source: Source) -> Iterable[str]:
    specified = hookspecs.every_hook()
    for name in dir(source.plugin):
        marks = manager.parse_hookimpl_opts(source.plugin, name)
        if marks is None:
            continue
        hook = marks.get("specname") or name
        if hook not in specified:
            if not marks.get("optionalhook"):
                yield f"plugin '{source.name}' ({source.origin}): there is no hook '{hook}'{hint(hook, specified)}"
            continue
        yield from _misspelt_arguments(source, hook, getattr(source.plugin, name), specified[hook])


def _misspelt_arguments(source: Source, hook: str, implementation: Any, specification: Any) -> Iterable[str]:
    allowed = list(inspect.signature(specification).parameters)
    for argument in inspect.signature(implementation).parameters:
        if argument not in allowed:
            takes = ", ".join(allowed) or "no arguments"
            yield (
                f"plugin '{source.name}' ({source.origin}): hook '{hook}' has no argument "
                f"'{argument}'{hint(argument, allowed)}; it takes {takes}"
            )


def _unmarked(source: Source) -> Iterable[str]:
    """Functions of the plugin's own that are named like a hook and would silently never be called."""
    if not isinstance(source.plugin, ModuleType):
        return
    for name in hookspecs.every_hook():
        function = vars(source.plugin).get(name)
        own = inspect.isfunction(function) and function.__module__ == source.plugin.__name__
        if own and not hasattr(function, "mirabelle_impl"):
            yield f"plugin '{source.name}' ({source.origin}): hook '{name}' lacks @hookimpl: mark it, or rename it"


def _hooks_of(manager: pluggy.PluginManager, plugin: object) -> tuple[str, ...]:
    callers = manager.get_hookcallers(plugin) or []
    return tuple(sorted(caller.name for caller in callers))


def _collect(manager: pluggy.PluginManager) -> tuple[dict[Kind, dict[str, Offered]], list[str]]:
    """What the plugins offer, and what is wrong with it."""
    offered: dict[Kind, dict[str, Offered]] = {kind: {} for kind in Kind}
    problems: list[str] = []
    for kind in Kind:
        for implementation in getattr(manager.hook, kind.hook).get_hookimpls():
            plugin = implementation.plugin_name
            classes, wrong = _ask(kind, plugin, implementation)
            problems += wrong
            for each in classes:
                problems += _add(offered[kind], kind, plugin, each)
    return offered, problems


def _ask(kind: Kind, plugin: str, implementation: Any) -> tuple[Sequence[Any], list[str]]:
    # Asked one by one and not through the hook's caller, so that each answer is known to be whose.
    where = f"plugin '{plugin}': {kind.hook}"
    if implementation.wrapper or implementation.hookwrapper:
        return (), [f"{where} cannot be wrapped: offer your class under a name of its own"]
    try:
        answer = implementation.function()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, it stops the start with a name
        return (), [f"{where} raised {type(error).__name__}: {error}"]
    if not isinstance(answer, (list, tuple)):
        return (), [f"{where} returned {type(answer).__name__}: return a list of classes"]
    return answer, []


def _add(there: dict[str, Offered], kind: Kind, plugin: str, offered: Any) -> list[str]:
    who = f"plugin '{plugin}': {getattr(offered, '__name__', offered)!s} of {kind.hook}"
    problems = [f"{who} {problem}" for problem in shortcomings(kind, offered)]
    if problems:
        return problems
    if offered.name in there:
        first = there[offered.name].plugin
        named = f"two components are named {kind.table}.{offered.name}"
        return [f"{named}: plugin '{first}' and plugin '{plugin}' both offer one; block one of them in plugins.block"]
    there[offered.name] = Offered(kind, offered.name, offered, plugin)
    return []

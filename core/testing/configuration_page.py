"""docs/configuration.md, drawn from the options of the core and of the default plugins."""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from mirabelle.core import config, config_sources, registry
from mirabelle.core.component_kinds import Kind
from mirabelle.core.config import DEFAULT_USE, SINGLE, Settings
from mirabelle.core.plugin_sources import PluginsOptions
from mirabelle.core.structuring import KeyPath

_INTRODUCTION = """# Configuration

Drawn from the code by `make docs`; do not edit. `mirabelle serve --config mirabelle.toml` reads a file in TOML; without
one, everything has a default. There is a table for each part of the platform, one for each kind of component whose
`use` picks among what the plugins offer, and one for the options of each component:

```toml
data = "/var/lib/mirabelle"

[server]
port = 8080

[policies]
use = ["window", "retry"]

[queue.sqlite]
path = "calls.sqlite"
```

An unknown table or key and a value of the wrong type stop the start. All such problems are reported at once, with
file, table and key, and never with the value, which may be a secret. The tables of components that are offered but not
used are checked too.

## From the environment

Every key can be given as an environment variable, which wins over the file: `MIRABELLE_` and the path of the key in
capitals, its parts joined by two underscores. `MIRABELLE_SERVER__PORT=9090` is `port` of `[server]`,
`MIRABELLE_QUEUE__SQLITE__PATH=/srv/calls.sqlite` is `path` of `[queue.sqlite]`, `MIRABELLE_TIME_SCALE=60` is
`time_scale`. The text is read as the type of the key: `true` or `false`, a number, `one,two` or `["one", "two"]` for a
list. A variable that names no key is an error like any other. `MIRABELLE_CONFIG` names the file itself. Options of the
command line win over both.

## Secrets

Keys that hold secrets belong into the environment, or into a file that only the platform's user can read. No message,
no log line and no `plugins` listing shows them.

## Before the first table
"""

_LOAD = """
Plugins are the default ones, those of installed packages (entry points of the group `mirabelle`) and those of `load`.
`block` also keeps default and installed plugins out. A plugin that cannot be loaded stops the start.
"""


def configuration_page() -> str:
    """The page as Markdown."""
    return "\n".join([_INTRODUCTION, *_top(), *_core(), *_components()]) + "\n"


def keys() -> Iterator[KeyPath]:
    """The path of every key that can be configured with the default plugins."""
    yield from _keys_of(Settings, ())
    there = registry.load(PluginsOptions())
    for kind in Kind:
        yield (kind.table, "use")
        for name, offered in there.offered[kind].items():
            yield from _keys_of(offered.options, (kind.table, name))


def _keys_of(options: Any, path: KeyPath) -> Iterator[KeyPath]:
    for name, kind in get_type_hints(options).items():
        if dataclasses.is_dataclass(kind):
            yield from _keys_of(kind, (*path, name))
        else:
            yield (*path, name)


def _top() -> Iterable[str]:
    yield _described(Settings)
    yield ""
    yield from _rows(Settings, ())


def _core() -> Iterable[str]:
    for name, kind in get_type_hints(Settings).items():
        if dataclasses.is_dataclass(kind):
            yield from _table(kind, (name,))
            if kind is PluginsOptions:
                yield _LOAD


def _components() -> Iterable[str]:
    there = registry.load(PluginsOptions())
    yield "\n# Components\n"
    for kind in Kind:
        yield from _kind(kind, there)


def _kind(kind: Kind, there: registry.Registry) -> Iterable[str]:
    yield f"\n## [{kind.table}]\n"
    yield "| key | type | default | variable |\n| --- | --- | --- | --- |"
    default = DEFAULT_USE.get(kind)
    shown = "all that are offered" if default is None else f"`{_toml(default[0] if kind in SINGLE else default)}`"
    expected = "text" if kind in SINGLE else "list of text"
    yield f"| `use` | {expected} | {shown} | `{config_sources.variable_of((kind.table, 'use'))}` |"
    offered = ", ".join(f"`{name}` ({each.plugin})" for name, each in there.offered[kind].items()) or "nothing"
    yield f"\nOffered by the default plugins: {offered}."
    for name, each in there.offered[kind].items():
        if dataclasses.fields(each.options):
            yield from _table(each.options, (kind.table, name))


def _table(options: Any, path: KeyPath) -> Iterable[str]:
    yield f"\n## [{'.'.join(path)}]\n"
    yield _described(options)
    yield from ("", *_rows(options, path))
    for name, kind in get_type_hints(options).items():
        if dataclasses.is_dataclass(kind):
            yield from _table(kind, (*path, name))


def _described(options: Any) -> str:
    return inspect.cleandoc(options.__doc__ or "")


def _rows(options: Any, path: KeyPath) -> Iterable[str]:
    if all(dataclasses.is_dataclass(kind) for kind in get_type_hints(options).values()):
        return
    yield "| key | type | default | variable |\n| --- | --- | --- | --- |"
    kinds = get_type_hints(options)
    for each in dataclasses.fields(options):
        if not dataclasses.is_dataclass(kinds[each.name]):
            kind = _type(kinds[each.name])
            variable = config_sources.variable_of((*path, each.name)) + ("__KEY" if kind.startswith("table") else "")
            yield f"| `{each.name}` | {kind} | {_default(each)} | `{variable}` |"


def _type(kind: Any) -> str:
    simple = {bool: "true or false", int: "whole number", float: "number", str: "text", Path: "path"}
    if kind in simple:
        return simple[kind]
    arguments = [each for each in get_args(kind) if each not in (types.NoneType, Ellipsis)]
    if get_origin(kind) is Literal:
        return " ".join(f"`{each}`" for each in arguments)
    if get_origin(kind) in (Union, types.UnionType):
        return ", or ".join(_type(each) for each in arguments)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " ".join(f"`{each.value}`" for each in kind)
    if get_origin(kind) in (tuple, frozenset, list):
        return f"list of {_type(arguments[0])}"
    return f"table of {_type(arguments[-1])}"


def _default(each: dataclasses.Field[Any]) -> str:
    if each.default_factory is config.data_folder:
        return "the user's data folder"
    if each.default_factory is not dataclasses.MISSING:
        return f"`{_toml(each.default_factory())}`"
    return "required" if each.default is dataclasses.MISSING else f"`{_toml(each.default)}`".replace("`none`", "none")


def _toml(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (str, Path)):
        return f'"{value}"'
    if isinstance(value, Mapping):
        pairs = [f"{_toml(key)} = {_toml(item)}" for key, item in value.items()]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    if isinstance(value, (tuple, frozenset, list)):
        items = sorted(value) if isinstance(value, frozenset) else value
        return f"[{', '.join(_toml(item) for item in items)}]"
    return f"{value:g}" if isinstance(value, float) else str(value)

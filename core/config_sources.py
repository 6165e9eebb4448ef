"""Where configuration comes from: a TOML file, the environment, the command line; the later wins, key by key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mirabelle.core.structuring import EnvironmentText, KeyPath, Problem

PREFIX = "MIRABELLE_"
# Bytes; what is larger is no configuration but a mistake.
LARGEST = 1 << 20
# What the command line reads itself.
NOT_KEYS = frozenset({"MIRABELLE_CONFIG", "MIRABELLE_PIN"})


class ConfigurationError(Exception):
    """The configuration cannot be used. `problems`: one line each, with where, what and how to mend it."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Sources:
    """The merged tables, and where each value that is not from the file came from."""

    file: Path | None
    tables: Mapping[str, Any] = field(repr=False)
    origins: Mapping[KeyPath, str]

    def say(self, problem: Problem) -> str:
        """One line: file (or variable), table, key, and what is wrong."""
        for length in range(len(problem.path), 0, -1):
            # An item of a list is at fault (`use[0]`), the list as a whole was given.
            given = (*problem.path[: length - 1], problem.path[length - 1].split("[")[0])
            if given in self.origins:
                return f"{self.origins[given]}: {problem.text}"
        *tables, key = problem.path or ("",)
        place = str(self.file) if self.file else "configuration"
        return f"{place}: [{'.'.join(tables)}] {key}: {problem.text}" if tables else f"{place}: {key}: {problem.text}"


def read(file: Path | None, environment: Mapping[str, str], options: Mapping[KeyPath, Any]) -> Sources:
    """Read and merge. `options` are values of the command line by path. Raises `ConfigurationError`."""
    tables = _read_file(file) if file else {}
    from_environment = {path: EnvironmentText(text) for path, text in _variables(environment)}
    origins = {path: variable_of(path) for path in from_environment}
    problems = [problem for path, value in from_environment.items() for problem in _put(tables, path, value)]
    problems += [problem for path, value in options.items() for problem in _put(tables, path, value)]
    if problems:
        raise ConfigurationError(problems)
    return Sources(file, tables, origins | dict.fromkeys(options, "command line"))


def variable_of(path: KeyPath) -> str:
    """The environment variable that overrides the key: `MIRABELLE_TABLE__KEY`."""
    return PREFIX + "__".join(path).upper()


def _read_file(file: Path) -> dict[str, Any]:
    if file.exists() and not file.is_file():
        raise ConfigurationError([f"{file}: is not a file"])
    try:
        if file.stat().st_size > LARGEST:
            raise ConfigurationError([f"{file}: has more than {LARGEST} bytes: is it a configuration?"])
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError([f"{file}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError([f"{file}: is not UTF-8"]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([f"{file}: is not TOML: {error}"]) from error


def _variables(environment: Mapping[str, str]) -> Iterator[tuple[KeyPath, str]]:
    for name, text in sorted(environment.items()):
        if name.startswith(PREFIX) and name not in NOT_KEYS:
            yield tuple(name.removeprefix(PREFIX).lower().split("__")), text


def _put(tables: dict[str, Any], path: KeyPath, value: Any) -> Iterator[str]:
    """Set one value in the tables; yields a problem when the way leads through something that is no table."""
    table: Any = tables
    for name in path[:-1]:
        table = table.setdefault(name, {})
        if not isinstance(table, dict):
            yield f"{variable_of(path)}: '{name}' is a value in the file, not a table"
            return
    table[path[-1]] = value

"""From tables of plain values to frozen dataclasses, strictly: every key known, every value of the right type.

All problems are gathered, each with its path. A problem never repeats the value, which may be a secret.
"""

from __future__ import annotations

import dataclasses
import tomllib
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from mirabelle.core.component_kinds import hint

T = TypeVar("T")
KeyPath = tuple[str, ...]


class EnvironmentText(str):
    """A value from the environment, where everything is text: read as whatever type its key has."""

    __slots__ = ()


class WrongValue(ValueError):
    """A value does not fit its key; says what was expected."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one key or table."""

    path: KeyPath
    text: str


class StructuringError(Exception):
    """Tables that do not fit their dataclasses; all that is wrong with them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{'.'.join(problem.path)}: {problem.text}" for problem in self.problems))


def structure(table: Any, into: type[T], path: KeyPath = ()) -> T:
    """Make the dataclass from the table at `path`. Raises `StructuringError` with every problem in it."""
    if not isinstance(table, Mapping):
        raise StructuringError([Problem(path, f"expected a table, got {_named(table)}")])
    fields = {each.name: each for each in dataclasses.fields(into) if each.init}  # type: ignore[arg-type]
    kinds = get_type_hints(into)
    problems = [Problem((*path, str(key)), _unknown(str(key), fields)) for key in table if key not in fields]
    missing = [name for name in fields if name not in table and _required(fields[name])]
    problems += [Problem((*path, name), "is missing") for name in missing]
    values = {}
    for name in fields.keys() & table.keys():
        try:
            values[name] = convert(table[name], kinds[name], (*path, name))
        except StructuringError as error:
            problems += error.problems
    if problems:
        raise StructuringError(sorted(problems, key=lambda problem: problem.path))
    try:
        return into(**values)
    except ValueError as error:
        raise StructuringError([Problem(path, str(error))]) from None
    except Exception as error:  # noqa: BLE001 - the options of a plugin may check themselves with anything
        raise StructuringError([Problem(path, f"{type(error).__name__}: {error}")]) from None


def convert(value: Any, kind: Any, path: KeyPath) -> Any:
    """The value as one of `kind`, which is a type as dataclasses have them. Raises `StructuringError`."""
    if dataclasses.is_dataclass(kind):
        return structure(value, kind, path)  # type: ignore[arg-type]
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _one_of(value, [each for each in get_args(kind) if each is not types.NoneType], path)
    if origin in _COLLECTIONS:
        return _collection(value, kind, path)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(value, get_args(kind)[1], path)
    try:
        return _simple(value, kind)
    except WrongValue as error:
        raise StructuringError([Problem(path, str(error))]) from None


def _unknown(key: str, known: Iterable[str]) -> str:
    near = hint(key, known)
    return f"unknown key{near}" if near else f"unknown key; there is {', '.join(sorted(known)) or 'none in this table'}"


def _required(each: dataclasses.Field[Any]) -> bool:
    return each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING


def _one_of(value: Any, kinds: list[Any], path: KeyPath) -> Any:
    errors = []
    for kind in kinds:
        try:
            return convert(value, kind, path)
        except StructuringError as error:
            errors.append(error)
    raise errors[-1]


_COLLECTIONS: Mapping[Any, Callable[[list[Any]], Any]] = {tuple: tuple, frozenset: frozenset, list: list}


def _collection(value: Any, kind: Any, path: KeyPath) -> Any:
    if isinstance(value, EnvironmentText):
        value = _listed(value, path)
    if not isinstance(value, (list, tuple)):
        raise StructuringError([Problem(path, f"expected a list, got {_named(value)}")])
    of_item = get_args(kind)[0]
    items: list[Any] = []
    problems: list[Problem] = []
    for index, item in enumerate(value):
        try:
            items.append(convert(item, of_item, (*path[:-1], f"{path[-1]}[{index}]")))
        except StructuringError as error:
            problems += error.problems
    if problems:
        raise StructuringError(problems)
    origin: Any = get_origin(kind)
    return _COLLECTIONS[origin](items)


def _listed(text: str, path: KeyPath) -> list[Any]:
    """`["a", "b"]` as TOML, or simply `a,b`."""
    if not text.lstrip().startswith("["):
        return [EnvironmentText(item.strip()) for item in text.split(",") if item.strip()]
    try:
        value: list[Any] = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        raise StructuringError([Problem(path, 'expected a list: ["one", "two"], or one,two')]) from None
    return value


def _mapping(value: Any, kind: Any, path: KeyPath) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise StructuringError([Problem(path, f"expected a table, got {_named(value)}")])
    return {str(key): convert(item, kind, (*path, str(key))) for key, item in value.items()}


def _simple(value: Any, kind: Any) -> Any:
    if get_origin(kind) is Literal:
        return _member(value, {str(each): each for each in get_args(kind)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return value if isinstance(value, kind) else _member(value, {str(each.value): each for each in kind})
    if kind not in _SIMPLE:
        raise TypeError(f"options cannot be of the type {kind}")
    simple = _SIMPLE[kind]
    if isinstance(value, EnvironmentText):
        try:
            return simple.parse(str(value))
        except (ValueError, KeyError):
            raise WrongValue(f"expected {simple.name}") from None
    if type(value) not in simple.accepted:
        raise WrongValue(f"expected {simple.name}, got {_named(value)}")
    return kind(value)


def _member(value: Any, allowed: Mapping[str, Any]) -> Any:
    if not isinstance(value, (str, int)) or str(value) not in allowed:
        raise WrongValue(f"expected one of {', '.join(allowed)}")
    return allowed[str(value)]


@dataclass(frozen=True, slots=True)
class _Simple:
    """A type of plain values: its name for people, the types of TOML values it takes, and how text is read as one."""

    name: str
    accepted: tuple[type, ...]
    parse: Callable[[str], Any]


_WORDS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_SIMPLE: Mapping[Any, _Simple] = {
    bool: _Simple("true or false", (bool,), lambda text: _WORDS[text.lower()]),
    int: _Simple("a whole number", (int,), int),
    float: _Simple("a number", (int, float), float),
    str: _Simple("text", (str,), str),
    Path: _Simple("text (a path)", (str, *{type(Path())}), Path),
}


def _named(value: Any) -> str:
    names = {bool: "true or false", int: "a whole number", float: "a number", list: "a list", dict: "a table"}
    return "text" if isinstance(value, str) else names.get(type(value), f"a {type(value).__name__}")

"""What plugins add to the language of documents: elements of other namespaces (VoiceXML 2.0, F.2), grammar formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeGuard, TypeVar

import pluggy

from mirabelle.vxml_interpreter.declarations import Declaration
from mirabelle.vxml_interpreter.grammar.formats import GrammarFormat
from mirabelle.vxml_interpreter.grammar.store import Grammars
from mirabelle.vxml_interpreter.vocabulary import scan

T = TypeVar("T")


def elements(manager: pluggy.PluginManager) -> tuple[tuple[Declaration, ...], list[str]]:
    """The elements of all plugins, and what is wrong with them: one line each, with who and what."""
    return _collect(manager, "register_vxml_elements", _is_element, "Declarations", lambda found: scan(more=found))


def grammar_formats(manager: pluggy.PluginManager) -> tuple[tuple[GrammarFormat, ...], list[str]]:
    """The grammar formats of all plugins, and what is wrong with them."""
    return _collect(manager, "register_grammar_formats", _is_format, "grammar formats", Grammars)


def _is_element(offered: Any) -> TypeGuard[Declaration]:
    return isinstance(offered, Declaration)


def _is_format(offered: Any) -> TypeGuard[GrammarFormat]:
    return isinstance(offered, GrammarFormat)


def _collect(
    manager: pluggy.PluginManager,
    hook: str,
    fits: Callable[[Any], TypeGuard[T]],
    plural: str,
    check: Callable[[Sequence[T]], object],
) -> tuple[tuple[T, ...], list[str]]:
    """What all offer together; `check` raises `ValueError` for what does not go with the others."""
    found: list[T] = []
    problems: list[str] = []
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        where = f"plugin '{implementation.plugin_name}': {hook}"
        offered, problem = _ask(implementation, fits, plural)
        if problem:
            problems.append(f"{where} {problem}")
            continue
        try:
            check([*found, *offered])
        except ValueError as error:
            problems.append(f"{where}: {error}")
        else:
            found += offered
    return tuple(found), problems


def _ask(implementation: Any, fits: Callable[[Any], TypeGuard[T]], plural: str) -> tuple[Sequence[T], str]:
    """The answer of one plugin, or what is wrong with it."""
    if implementation.wrapper or implementation.hookwrapper:
        return (), "cannot be wrapped: offer your own"
    try:
        answer = implementation.function()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, it stops the start with a name
        return (), f"raised {type(error).__name__}: {error}"
    if not isinstance(answer, (list, tuple)) or not all(fits(each) for each in answer):
        return (), f"must return a list of {plural}"
    return answer, ""

"""The elements of other namespaces that plugins offer: VoiceXML 2.0, F.2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pluggy

from mirabelle.vxml_interpreter.declarations import Declaration
from mirabelle.vxml_interpreter.vocabulary import scan


def collect(manager: pluggy.PluginManager) -> tuple[tuple[Declaration, ...], list[str]]:
    """What all plugins offer together, and what is wrong with it: one line each, with who and what."""
    found: list[Declaration] = []
    problems: list[str] = []
    for implementation in manager.hook.register_vxml_elements.get_hookimpls():
        where = f"plugin '{implementation.plugin_name}': register_vxml_elements"
        offered, problem = _ask(implementation)
        if problem:
            problems.append(f"{where} {problem}")
            continue
        try:
            scan(more=[*found, *offered])
        except ValueError as error:
            problems.append(f"{where}: {error}")
        else:
            found += offered
    return tuple(found), problems


def _ask(implementation: Any) -> tuple[Sequence[Declaration], str]:
    """The answer of one plugin, or what is wrong with it."""
    if implementation.wrapper or implementation.hookwrapper:
        return (), "cannot be wrapped: offer elements of your own"
    try:
        answer = implementation.function()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, it stops the start with a name
        return (), f"raised {type(error).__name__}: {error}"
    if not isinstance(answer, (list, tuple)) or not all(isinstance(each, Declaration) for each in answer):
        return (), "must return a list of Declarations"
    return answer, ""

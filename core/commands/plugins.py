"""`mirabelle plugins`: what is loaded, from where, with which hooks, and which component is used for what."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from mirabelle.core.commands.configured import configured, load
from mirabelle.core.config import Configuration
from mirabelle.core.registry import Plugin


@click.command(epilog="Example: mirabelle plugins --config mirabelle.toml --json")
@configured
@click.option("--json", "as_json", is_flag=True, help="One JSON object a plugin and line.")
def plugins(config_file: Path | None, data: Path | None, as_json: bool) -> None:
    """Show what is loaded, from where, which hooks, and which is used for what."""
    configuration = load(config_file, {("data",): data})
    for plugin in configuration.registry.plugins:
        facts = described(configuration, plugin)
        if as_json:
            click.echo(json.dumps(facts, ensure_ascii=False))
        else:
            click.echo("\n".join(shown(facts)))


def described(configuration: Configuration, plugin: Plugin) -> dict[str, Any]:
    """What there is to know about one plugin, JSON-safe."""
    used = {(kind.table, each.offered.name) for kind, picked in configuration.picked.items() for each in picked}
    return {
        "plugin": plugin.name,
        "origin": plugin.origin,
        "hooks": list(plugin.hooks),
        "components": [
            {"kind": kind.table, "name": name, "used": (kind.table, name) in used}
            for kind, offered in configuration.registry.offered.items()
            for name, each in offered.items()
            if each.plugin == plugin.name
        ],
    }


def shown(facts: dict[str, Any]) -> Iterable[str]:
    """The same for people."""
    yield f"{facts['plugin']} ({facts['origin']})"
    for component in facts["components"]:
        yield f"    {component['kind']}.{component['name']}{'' if component['used'] else ' (not used)'}"
    offering = {f"register_{name}" for name in ("routes", "middleware", "commands")}
    others = [name for name in facts["hooks"] if not name.startswith("register_") or name in offering]
    if others:
        yield f"    hooks: {', '.join(others)}"

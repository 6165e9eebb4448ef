"""The program `mirabelle`: its commands, those of plugins, and how errors reach people."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

import click

from mirabelle import __version__
from mirabelle.core import config_sources, registry
from mirabelle.core.component_kinds import hint
from mirabelle.core.config_sources import ConfigurationError
from mirabelle.core.foreign_text import printable
from mirabelle.core.plugin_sources import PluginsOptions
from mirabelle.core.registry import RegistryError
from mirabelle.core.structuring import StructuringError, structure

# Module and name of each command; imported when it is run, so that `--help` and `rehearse` need no server.
COMMANDS = {
    "serve": "mirabelle.core.commands.serve:serve",
    "worker": "mirabelle.core.commands.serve:worker",
    "demo": "mirabelle.core.commands.demo:demo",
    "call": "mirabelle.core.commands.call:call",
    "rehearse": "mirabelle.core.commands.rehearse:rehearse",
    "check": "mirabelle.core.commands.check:check",
    "plugins": "mirabelle.core.commands.plugins:plugins",
}


class Program(click.Group):
    """Knows the platform's commands by name, and asks the plugins for theirs only when those do not do."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The platform's commands in the order in which one gets to know them, then those of plugins."""
        return [*COMMANDS, *sorted(_commands_of_plugins(ctx))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        known = COMMANDS.get(cmd_name)
        command = _imported(known) if known else _commands_of_plugins(ctx).get(cmd_name)
        return None if command is None else _with_debug(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was meant."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            there = self.list_commands(ctx)
            raise click.UsageError(f"there is no command '{name}'{hint(name, there)}", ctx)
        return super().resolve_command(ctx, args)


def _imported(target: str) -> click.Command:
    module, _, name = target.partition(":")
    command: click.Command = getattr(importlib.import_module(module), name)
    return command


def _with_debug(command: click.Command) -> click.Command:
    """People put `--debug` behind the command as often as before it."""
    if not any(parameter.name == "debug" for parameter in command.params):
        command.params.append(_debug_option())
    return command


def _debug_option() -> click.Option:
    return click.Option(
        ["--debug"], is_flag=True, expose_value=False, callback=_note_debug, help="Show tracebacks of errors."
    )


def _note_debug(ctx: click.Context, _: click.Parameter, given: bool) -> None:
    if given:
        ctx.find_root().meta["mirabelle.debug"] = True


def _commands_of_plugins(ctx: click.Context) -> dict[str, click.Command]:
    """What plugins add. Plugins that cannot be loaded cost their own commands only, and are named."""
    root = ctx.find_root()
    if "mirabelle.plugins" not in root.meta:
        root.meta["mirabelle.plugins"] = _ask_plugins()
    commands: dict[str, click.Command] = root.meta["mirabelle.plugins"]
    return commands


def _ask_plugins() -> dict[str, click.Command]:
    given = os.environ.get("MIRABELLE_CONFIG")
    file = Path(given) if given else None
    group = click.Group()
    try:
        sources = config_sources.read(file, os.environ, {})
        options = structure(sources.tables.get("plugins", {}), PluginsOptions, ("plugins",))
        registry.load(options, file.parent if file else None).hook.register_commands(cli=group)
    except (ConfigurationError, RegistryError, StructuringError) as error:
        click.echo(f"warning: the commands of plugins are left out: {str(error).splitlines()[0]}", err=True)
        return {}
    taken = sorted(COMMANDS.keys() & group.commands.keys())
    if taken:
        click.echo(f"warning: a plugin offers a command '{taken[0]}'; the platform's own is used", err=True)
    return {name: command for name, command in group.commands.items() if name not in COMMANDS}


program = Program(
    name="mirabelle",
    help="Queue outbound telephone calls, run a VoiceXML dialogue on each, post the results.",
    epilog="Example: mirabelle demo. Commands of plugins are found with MIRABELLE_CONFIG=FILE.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=[_debug_option()],
)
program = click.version_option(__version__, prog_name="mirabelle")(program)


def run(arguments: Sequence[str]) -> int:
    """Run a command; its exit status: 0 success, 1 negative, 2 wrong use. Errors become one line each."""
    debug = "--debug" in arguments
    for stream in (sys.stdout, sys.stderr):
        _settle_encoding(stream)
    try:
        outcome: Any = program.main(list(arguments), prog_name="mirabelle", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - whatever it is, people get a line and scripts a status
        if debug:
            traceback.print_exc()
        return report(error)
    except KeyboardInterrupt:
        return 130
    return outcome if isinstance(outcome, int) else 0


def _settle_encoding(stream: TextIO) -> None:
    """UTF-8 for files and programs, whatever the locale; what a terminal cannot show is spelt out, not an error."""
    if not isinstance(stream, TextIOWrapper):
        return
    if stream.isatty():
        stream.reconfigure(errors="backslashreplace")
    else:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def report(error: Exception) -> int:
    """Say what went wrong on standard error; the exit status that it deserves."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message())
        return 2
    lines, status = explained(error)
    for line in lines:
        click.echo(f"error: {printable(line)}", err=True)
    return status


def explained(error: Exception) -> tuple[Sequence[str], int]:
    """The lines that say what, where and how to mend it, and the exit status."""
    if isinstance(error, (ConfigurationError, RegistryError)):
        return error.problems, 2
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "mirabelle"
        return [f"{' '.join(error.format_message().split())} (see {command} --help)"], 2
    if isinstance(error, click.Abort):
        return ["stopped"], 1
    if isinstance(error, click.ClickException):
        return [" ".join(error.format_message().split())], error.exit_code
    status = getattr(error, "exit_status", None)
    if isinstance(status, int):
        # The core's errors that speak for themselves.
        return [str(error)], status
    text = " ".join(str(error).split())
    return [f"{type(error).__name__}: {text} (--debug shows where)"], 1


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))

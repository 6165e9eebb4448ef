"""Pages that are drawn from the code: `python -m mirabelle.core.testing.documentation` writes them into docs/."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from mirabelle.core.commands.program import COMMANDS, program
from mirabelle.core.testing.configuration_page import configuration_page
from mirabelle.core.testing.states_page import states_page
from mirabelle.core.testing.voicexml_page import voicexml_page

DOCS = Path(__file__).parent.parent.parent / "docs"

_CLI = """# The command line

Drawn from the commands by `make docs`; do not edit. `mirabelle COMMAND` when installed, `python cli.py COMMAND` from a
checkout: the same program.

Every command exits 0 on success, 1 when what was asked turned out negative, 2 on wrong use. Errors are one line that
says what, where and how to mend it; `--debug` adds the traceback. Output for machines (`--json`) is JSON lines in
UTF-8, one object a line, flushed at once. Plugins add commands of their own with the hook `register_commands`.
"""


def signature_of(hook: Callable[..., Any]) -> str:
    """How a hook is written in Python: `def startup(platform: Platform) -> Awaitable[None] | None`."""
    signature = inspect.signature(hook)
    arguments = ", ".join(f"{each.name}: {each.annotation}" for each in signature.parameters.values())
    return f"def {hook.__name__}({arguments}) -> {signature.return_annotation}"


def commands() -> Iterable[tuple[str, click.Command]]:
    """The platform's own commands by name."""
    context = click.Context(program)
    for name in COMMANDS:
        command = program.get_command(context, name)
        assert command is not None, name
        yield name, command


def cli_page() -> str:
    """docs/cli.md: every command with its usage, its options and its example."""
    return _CLI + "".join(_command_section(name, command) for name, command in commands())


def _command_section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"mirabelle {name}")
    usage = " ".join(command.get_usage(context).removeprefix("Usage: ").split())
    lines = [f"\n## {name}\n", f"    {usage}\n", _paragraphs(command.help or ""), ""]
    options = [option for option in command.params if isinstance(option, click.Option)]
    lines += ["| option | meaning |", "| --- | --- |", *(_option_row(option, context) for option in options)]
    epilog = _paragraphs(command.epilog or "")
    return "\n".join([*lines, "", epilog, ""]) if epilog else "\n".join([*lines, ""])


def _option_row(option: click.Option, context: click.Context) -> str:
    names, meaning = option.get_help_record(context) or (", ".join(option.opts), "")
    return f"| `{names.replace('|', '/')}` | {' '.join(meaning.split()).replace('|', '/')} |"


def _paragraphs(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(text).replace("\b", ""))
    return "\n\n".join(
        textwrap.fill(" ".join(each.split()), 120, break_on_hyphens=False) for each in paragraphs if each.strip()
    )


PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "configuration.md": configuration_page,
    "states.md": states_page,
    "voicexml.md": voicexml_page,
}


def write(folder: Path = DOCS) -> None:
    """Draw every page anew."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    write()

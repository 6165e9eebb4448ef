"""`mirabelle rehearse`: a VoiceXML dialogue without a telephone."""

import os
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from mirabelle.core import config
from mirabelle.core.commands.named_documents import named
from mirabelle.core.component_kinds import Kind
from mirabelle.core.config import Configuration
from mirabelle.core.foreign_text import printable
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.rehearsal.golden import compare, read_transcript, served
from mirabelle.core.rehearsal.objects import objects_of
from mirabelle.core.rehearsal.people import TerminalPerson
from mirabelle.core.rehearsal.rehearse import Scene, Story, session
from mirabelle.core.rehearsal.rehearse import rehearse as play
from mirabelle.core.rehearsal.shown import JsonLines, Lines
from mirabelle.core.rehearsal.sources import Answering, Mapped
from mirabelle.core.rehearsal.terminal import read_line
from mirabelle.core.simulation.people import Person
from mirabelle.core.simulation.rules import RuleFollower, RulesError
from mirabelle.core.simulation.rules_file import read_rules
from mirabelle.core.talking.line import Line
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.commands import Ended, EndReason, FetchRequest
from mirabelle.vxml_interpreter.interpreter import Interpreter

HINT = "# say something, [1 2 #] or digits for keys; an empty line is silence, Ctrl-D hangs up"


class Pair(click.ParamType[tuple[str, str]]):
    """`NAME=VALUE`; further equal signs belong to the value."""

    def __init__(self, form: str) -> None:
        self.name = form

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Cut it at the first equal sign."""
        name, sign, rest = str(value).partition("=")
        if not name or not sign:
            self.fail(f"{value!r} is not of the form {self.name}", param, ctx)
        return name, rest


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(epilog="Example: mirabelle rehearse order.vxml --caller caller.toml --json")
@click.argument("document")
@click.option("--caller", type=FILE, help="Answer by the rules of this file (TOML).")
@click.option("--transcript", type=FILE, help="Play the human's lines of this transcript and compare the rest.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an event and line.")
@click.option("--var", "variables", type=Pair("NAME=VALUE"), multiple=True, help="Set session.outbound.NAME.")
@click.option("--post", type=Pair("NAME=VALUE"), multiple=True, help="Send this with a form POST for the document.")
@click.option(
    "--map", "maps", type=Pair("PREFIX=FOLDER"), multiple=True, help="Serve URLs that begin so from a folder."
)
@click.option("--max-turns", type=click.IntRange(min=1), default=200, show_default=True, help="Listen no more often.")
@click.option("--trace", is_flag=True, help="Show each step of the interpreter, with the line of its element.")
@click.option("--strict", is_flag=True, help="Forgive nothing: what is not VoiceXML is error.badfetch.")
@click.pass_context
def rehearse(
    ctx: click.Context,
    document: str,
    caller: Path | None,
    transcript: Path | None,
    as_json: bool,
    variables: Sequence[tuple[str, str]],
    post: Sequence[tuple[str, str]],
    maps: Sequence[tuple[str, str]],
    max_turns: int,
    trace: bool,
    strict: bool,
) -> int:
    """Play the VoiceXML dialogue DOCUMENT (a file or a URL) in virtual time, without a telephone.

    Without --caller and --transcript you are the caller: type what you say, [1 2 #] or digits alone for keys, an empty
    line for silence, Ctrl-D to hang up.

    Exit status: 0 the dialogue came to an end of its own, 1 an uncaught error ended it or the transcript differs,
    3 --max-turns was reached.
    """
    if caller and transcript:
        raise click.UsageError("--caller and --transcript both say what the caller does; give one of them")
    request, answers = _opened(document, post, [_mapped(*each) for each in maps], in_transcript=transcript is not None)
    configuration = _configuration()
    scene = Scene(
        _interpreter(configuration, dict(variables), trace=trace, strict=strict),
        request,
        answers,
        max_turns,
        options=configuration.settings.scripts,
        objects=objects_of(configuration),
    )
    # What is typed on a terminal stands there already.
    shown = JsonLines(_echo) if as_json else Lines(_show, typed=caller is None and sys.stdin.isatty())
    story = _with_tracebacks(ctx, shown)
    try:
        if transcript:
            return _compared(scene, transcript, story if as_json or trace else None)
        ended = _talked(scene, caller, story, as_json)
    except RulesError as error:
        raise click.BadParameter(str(error), param_hint="--caller") from error
    return _status(ended)


def _opened(
    document: str, post: Sequence[tuple[str, str]], maps: Sequence[Answering], *, in_transcript: bool
) -> tuple[FetchRequest, Sequence[Answering]]:
    """The first request, and what is answered without a server."""
    answers = list(maps)
    first = named(document, "DOCUMENT")
    request = FetchRequest(first.url)
    if first.path is not None and in_transcript:
        request, beside = served(first.path)
        answers += beside
    request = replace(request, url=first.at_fragment(request.url))
    return (replace(request, method="post", fields=tuple(post)) if post else request), answers


def _mapped(prefix: str, folder: str) -> Mapped:
    if not Path(folder).is_dir():
        raise click.BadParameter(f"there is no folder {folder!r} to serve {prefix} from", param_hint="--map")
    return Mapped(prefix, Path(folder))


def _configuration() -> Configuration:
    file = os.environ.get("MIRABELLE_CONFIG")
    return config.load(Path(file) if file else None, os.environ)


def _interpreter(
    configuration: Configuration, variables: Mapping[str, str], *, trace: bool, strict: bool
) -> Callable[[Clock, random.Random], Interpreter]:
    """Makes the interpreter that real calls use, as the configuration says."""
    (engine,) = configuration.picked[Kind.ECMASCRIPT]
    own = configuration.settings.voicexml
    settings = replace(own, trace=trace or own.trace, strict=strict or own.strict)
    registry = configuration.registry

    def made(clock: Clock, chance: random.Random) -> Interpreter:
        scripts = engine.offered.component(engine.options, clock.now, chance)
        return Interpreter(scripts, session(variables), registry.documents(settings), settings)

    return made


def _talked(scene: Scene, caller: Path | None, story: Story, as_json: bool) -> Ended:
    if caller:
        rules = read_rules(caller)
        follower = RuleFollower(rules.rules)
        return play(replace(scene, far_ends=rules.transfers), lambda clock, line: follower, story)
    if sys.stdin.isatty():
        click.echo(HINT, err=True)
    people: list[TerminalPerson] = []

    def cast(clock: VirtualClock, line: Line) -> Person:
        read = partial(read_line, quiet=as_json)
        people.append(TerminalPerson(clock, read, lambda problem: click.echo(f"# {problem}", err=True)))
        return people[0]

    def take(kind: EventKind, data: Mapping[str, Any], at: float) -> None:
        story(kind, data, at)
        if kind is EventKind.LISTEN:
            people[0].listens.set()

    return play(scene, cast, take)


def _compared(scene: Scene, file: Path, story: Story | None) -> int:
    compared = compare(scene, read_transcript(file), story)
    if compared.difference:
        click.echo(compared.difference, err=story is not None)
        return 1
    if story is None:
        click.echo(f"{file}: as written")
    return _status(compared.ended)


def _status(ended: Ended) -> int:
    if ended.reason is not EndReason.ERROR:
        return 0
    click.echo(f"error: the dialogue was ended by {ended.error}", err=True)
    return 1


def _with_tracebacks(ctx: click.Context, story: Story) -> Story:
    """Errors of the platform's own are shown with `--debug`; the dialogue's are part of its story."""

    def take(kind: EventKind, data: Mapping[str, Any], at: float) -> None:
        story(kind, data, at)
        if "traceback" in data and ctx.find_root().meta.get("mirabelle.debug"):
            click.echo(data["traceback"], err=True)

    return take


def _echo(line: str) -> None:
    click.echo(line)


def _show(line: str) -> None:
    # A document must not write on its author's terminal; in JSON the escapes are its own.
    click.echo(printable(line))

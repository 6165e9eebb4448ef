import io
from pathlib import Path

import click
import pytest

from mirabelle import __version__, hookimpl
from mirabelle.core.client import CallRefused, ServerUnreachable
from mirabelle.core.commands import program
from mirabelle.core.config_sources import ConfigurationError

PLUGIN = """
import click
from mirabelle import hookimpl


@click.command()
def hello():
    \"\"\"Say hello.\"\"\"
    click.echo("hello from a plugin")


@click.command()
def plugins():
    click.echo("an impostor")


@hookimpl
def register_commands(cli):
    cli.add_command(hello)
    cli.add_command(plugins)
"""


@pytest.fixture
def with_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "greeting.py").write_text(PLUGIN)
    file = tmp_path / "mirabelle.toml"
    file.write_text('[plugins]\nload = ["greeting.py"]\n')
    monkeypatch.setenv("MIRABELLE_CONFIG", str(file))
    return file


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run([]) == 2
    assert "Usage: mirabelle" in capsys.readouterr().out


def test_wrong_use_is_one_line_and_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run(["plugins", "--jsno"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: ")
    assert "--json" in line
    assert "mirabelle plugins --help" in line


def test_an_unknown_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run(["srve"]) == 2
    assert "there is no command 'srve' (did you mean 'serve'?)" in capsys.readouterr().err


def test_a_command_of_a_plugin_runs(with_plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run(["hello"]) == 0
    assert capsys.readouterr().out == "hello from a plugin\n"


def test_a_plugin_cannot_take_the_name_of_a_command(with_plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run(["hello"]) == 0
    assert "offers a command 'plugins'; the platform's own is used" in capsys.readouterr().err


def test_broken_plugins_leave_the_other_commands(with_plugin: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (with_plugin.parent / "greeting.py").write_text("import nothing_of_that_name\n")
    assert program.run(["hello"]) == 2
    errors = capsys.readouterr().err
    assert "warning: the commands of plugins are left out: plugin 'greeting'" in errors
    assert "there is no command 'hello'" in errors


@pytest.mark.parametrize(
    ("error", "lines", "status"),
    [
        (ConfigurationError(["one", "two"]), ["one", "two"], 2),
        (
            CallRefused("bad_field", "phone_number 'abc'", False),
            ["the call was not queued: phone_number 'abc' (bad_field)"],
            1,
        ),
        (ServerUnreachable("nobody there"), ["nobody there"], 1),
        (click.Abort(), ["stopped"], 1),
        (RuntimeError("two\nlines"), ["RuntimeError: two lines (--debug shows where)"], 1),
    ],
)
def test_errors_become_lines_and_a_status(error: Exception, lines: list[str], status: int) -> None:
    said, code = program.explained(error)
    assert (list(said), code) == (lines, status)


@pytest.mark.parametrize("arguments", [["--debug", "breaks"], ["breaks", "--debug"], ["breaks"]])
def test_a_traceback_only_with_debug(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def breaks() -> None:
        raise RuntimeError("oh")

    class Plugin:
        @hookimpl
        def register_commands(self, cli: click.Group) -> None:
            cli.add_command(breaks)

    monkeypatch.setattr(program, "_ask_plugins", lambda: {"breaks": breaks})
    assert program.run(arguments) == 1
    errors = capsys.readouterr().err
    assert errors.splitlines()[-1] == "error: RuntimeError: oh (--debug shows where)"
    assert ("Traceback" in errors) == ("--debug" in arguments)


@pytest.mark.parametrize("arguments", [["--json"], []])
def test_output_for_files_and_programs_is_utf_8_whatever_the_locale(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "euro.vxml"
    document.write_text(
        '<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form><block>5 \u20ac</block></form></vxml>',
        encoding="utf-8",
    )
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="latin-1"))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert program.run(["rehearse", str(document), *arguments]) == 0
    assert "5 \u20ac" in written.getvalue().decode("utf-8")


def test_a_demonstration_needs_a_folder_that_it_can_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert program.run(["demo", "--data", str(tmp_path / "file" / "below")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "below cannot be used: Not a directory; give another --data" in line
    assert program.run(["demo", "--data", str(tmp_path)]) == 2
    assert f"{tmp_path} is not empty: give --data a new folder" in capsys.readouterr().err

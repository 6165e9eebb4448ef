"""The pages in docs/ say what the code does: each hook, command, option, event and key of the configuration."""

import re
from dataclasses import replace
from pathlib import Path

import click
import pytest

from mirabelle.core import config_sources, hookspecs, registry
from mirabelle.core.commands.program import run
from mirabelle.core.component_kinds import Kind
from mirabelle.core.plugin_sources import PluginsOptions
from mirabelle.core.testing import configuration_page, documentation
from mirabelle.core.testing.scheduling_policy import REQUEST
from mirabelle.core.types import Account, Event, EventKind
from mirabelle.vxml_interpreter.leniencies import LENIENCIES

DOCS = Path(__file__).parent.parent / "docs"
COMMANDS = dict(documentation.commands())


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@pytest.mark.parametrize("name", documentation.PAGES)
def test_a_drawn_page_is_up_to_date(name: str) -> None:
    assert page(name) == documentation.PAGES[name](), "run `make docs`"


def test_drawing_writes_every_page(tmp_path: Path) -> None:
    documentation.write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(documentation.PAGES)


@pytest.mark.parametrize("name", hookspecs.every_hook())
def test_a_hook_has_a_section_with_its_exact_signature(name: str) -> None:
    section = page("hooks.md").partition(f"### {name}\n")[2].partition("\n#")[0]
    signature = documentation.signature_of(hookspecs.every_hook()[name])
    assert f"```python\n{signature}\n```" in section
    assert len(section.split("```")[2].split()) > 5


def test_no_section_is_about_a_hook_that_is_gone() -> None:
    assert set(re.findall(r"^### (\w+)$", page("hooks.md"), re.MULTILINE)) == set(hookspecs.every_hook())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_with_an_example(name: str) -> None:
    command = COMMANDS[name]
    assert (command.help or "").strip()
    assert f"mirabelle {name}" in (command.epilog or "")
    assert f"\n## {name}\n" in page("cli.md")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_explained(name: str) -> None:
    section = page("cli.md").partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    for option in COMMANDS[name].params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert option.opts[-1] in section


@pytest.mark.parametrize("kind", EventKind)
def test_an_event_has_a_row(kind: EventKind) -> None:
    rows = re.findall(rf"^\| `{kind}` \| (.+) \| (.*)\|$", page("events.md"), re.MULTILINE)
    assert len(rows) == 1


def test_no_row_is_about_an_event_that_is_gone() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", page("events.md"), re.MULTILINE)) == set(EventKind)


@pytest.mark.parametrize("path", list(configuration_page.keys()), ids=".".join)
def test_a_key_has_a_row_in_its_table(path: tuple[str, ...]) -> None:
    table = f"\n## [{'.'.join(path[:-1])}]\n" if len(path) > 1 else "\n## Before the first table\n"
    section = page("configuration.md").partition(table)[2].partition("\n## ")[0]
    assert f"| `{path[-1]}` |" in section
    assert f"`{config_sources.variable_of(path)}" in section


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_of_component_is_named_with_its_hook_and_its_table(kind: Kind) -> None:
    assert f"### {kind.hook}\n" in page("hooks.md")
    assert f"## [{kind.table}]\n" in page("configuration.md")


def test_the_first_plugin_works_when_it_is_pasted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = page("writing_a_plugin.md").split("```python\n")[1].partition("```")[0]
    assert len(source.splitlines()) <= 20
    (tmp_path / "premium.py").write_text(source)
    hook = registry.load(PluginsOptions(load=("premium.py",)), tmp_path, defaults=()).hook
    refused = replace(REQUEST, phone_number="19005551212", destination="+19005551212")
    assert hook.check_call_request(request=refused, account=Account("a")) == [["19005551212 is a premium-rate number"]]
    assert hook.check_call_request(request=REQUEST, account=Account("a")) == [[]]
    ended = {"result": "Completed", "callee_type": "voice"}
    hook.observe(event=Event(EventKind.FINISHED, 1.0, 7, 1, ended))
    assert capsys.readouterr().out == "call 7: Completed, voice\n"


def test_the_element_works_when_it_is_pasted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    section = page("writing_a_plugin.md").partition("\n## An element of your own\n")[2]
    (tmp_path / "note.py").write_text(section.partition("```python\n")[2].partition("```")[0])
    (tmp_path / "note.vxml").write_text(section.partition("```xml\n")[2].partition("```")[0])
    (tmp_path / "mirabelle.toml").write_text('[plugins]\nload = ["note.py"]\n')
    monkeypatch.setenv("MIRABELLE_CONFIG", str(tmp_path / "mirabelle.toml"))
    assert run(["rehearse", str(tmp_path / "note.vxml"), "--strict"]) == 0
    assert capsys.readouterr().out.splitlines() == ["# log crm payment: owes 40", "C: Thank you.", "= end"]


def test_the_object_of_the_plugin_page_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    section = page("writing_a_plugin.md").partition("\n## An object\n")[2]
    (tmp_path / "fee.py").write_text(section.partition("```python\n")[2].partition("```")[0])
    (tmp_path / "mirabelle.toml").write_text('[plugins]\nload = ["fee.py"]\n[objects.fee]\npercent = 2.0\n')
    form = section.partition("```xml\n")[2].partition("```")[0]
    (tmp_path / "cost.vxml").write_text(
        f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form>{form}</form></vxml>'
    )
    monkeypatch.setenv("MIRABELLE_CONFIG", str(tmp_path / "mirabelle.toml"))
    assert run(["rehearse", str(tmp_path / "cost.vxml")]) == 0
    assert capsys.readouterr().out.splitlines() == ["C: That costs 8 dollars.", "= end"]


@pytest.mark.parametrize("name", LENIENCIES)
def test_a_leniency_has_a_section(name: str) -> None:
    section = page("voicexml.md").partition(f"\n### {name}\n")[2].partition("\n#")[0]
    assert LENIENCIES[name].section in " ".join(section.split())


def test_every_page_is_linked_from_the_readme() -> None:
    readme = (DOCS.parent / "README.md").read_text("utf-8")
    pages = {path.name for path in DOCS.glob("*.md")} - {"progress.md"}  # which is the developers', and goes
    assert [name for name in sorted(pages) if f"(docs/{name})" not in readme] == []


def test_every_decision_is_in_the_index_under_its_title() -> None:
    index = page("decisions/README.md").splitlines()
    for path in (DOCS / "decisions").glob("0*.md"):
        number, _, title = path.read_text("utf-8").splitlines()[0].removeprefix("# ").partition(": ")
        assert f"- [{number}]({path.name}) {title}" in index

"""The engine as operators use it: loaded and picked by the configuration, and described in the documentation."""

import random
from dataclasses import fields
from pathlib import Path

import pytest

from mirabelle.contrib.ecmascript_quickjs import starting
from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine
from mirabelle.contrib.ecmascript_quickjs.limits import Options
from mirabelle.core import components, config
from mirabelle.core.component_kinds import Kind
from mirabelle.core.config import Configuration
from mirabelle.core.config_sources import ConfigurationError
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.script_chain import Chain
from tests.contrib.ecmascript_quickjs.extra import needs_extra

PAGE = Path(__file__).parent.parent.parent.parent / "docs" / "scripts.md"


def loaded(folder: Path, options: str = "") -> Configuration:
    file = folder / "mirabelle.toml"
    plugin = "mirabelle.contrib.ecmascript_quickjs"
    file.write_text(f'[plugins]\nload = ["{plugin}"]\n[ecmascript]\nuse = "quickjs"\n{options}')
    return config.load(file)


def made(configuration: Configuration) -> components.Components:
    means = lent()
    return components.make(configuration, means.clock, means.fetcher, random.Random(1))


@needs_extra
def test_the_configuration_picks_it(tmp_path: Path) -> None:
    engine = made(loaded(tmp_path, "[ecmascript.quickjs]\nworkers = 1\nseconds = 0.2\n")).engine
    assert isinstance(engine, QuickjsEngine)
    assert engine.workers.options == Options(workers=1, seconds=0.2)
    assert Chain(engine.session()).run("((a, b) => a + b)(1, 2)") == 3
    engine.close()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ("seconds = 0", "seconds must be more than 0"),
        ("stack = 1000", "stack must be between"),
        ("memory = 1000", "memory must be at least"),
        ("work = 5", "unknown|no key"),
        ('workers = "two"', "workers"),
    ],
)
def test_options_that_make_no_sense_stop_the_start(tmp_path: Path, options: str, why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        loaded(tmp_path, f"[ecmascript.quickjs]\n{options}\n")


def test_without_the_extra_the_start_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configuration = loaded(tmp_path)
    monkeypatch.setattr(starting, "library", _missing)
    with pytest.raises(components.CannotStart, match=r"ecmascript\.quickjs .*pip install 'mirabelle\[quickjs\]'"):
        made(configuration)


def _missing() -> str:
    raise starting.Unavailable(starting.EXTRA)


def test_it_is_offered_and_not_used_unless_it_is_picked(tmp_path: Path) -> None:
    file = tmp_path / "mirabelle.toml"
    file.write_text('[plugins]\nload = ["mirabelle.contrib.ecmascript_quickjs"]\n')
    (picked,) = config.load(file).picked[Kind.ECMASCRIPT]
    assert picked.offered.name == "js2py"


def test_every_option_is_on_the_page_with_its_default() -> None:
    rows = {line.split(" | ")[0].strip("| `"): line.split(" | ")[1].strip("`") for line in _table()}
    assert rows == {option.name: str(option.default) for option in fields(Options)}


def _table() -> list[str]:
    lines = PAGE.read_text("utf-8").splitlines()
    start = lines.index("| key | default | what |") + 2
    return lines[start : lines.index("", start)]

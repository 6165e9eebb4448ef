"""The example plugin, loaded as a user would who has not installed it."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mirabelle.core import config
from mirabelle.core.component_kinds import Kind
from mirabelle.core.config import Configuration
from mirabelle.core.config_sources import ConfigurationError
from mirabelle.core.interfaces.policy import Defer, Facts, Planning, SchedulingPolicy
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.scheduling_policy import REQUEST, SchedulingPolicyContract
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import Account, Call, CallState, Due

FOLDER = Path(__file__).parent.parent.parent / "contrib" / "example_plugin"
ACCOUNT = Account("acme")
DAY = 86400.0
TODAY = datetime.fromtimestamp(START, UTC).date().isoformat()


def loaded(tmp_path: Path, policies: str = "") -> Configuration:
    file = tmp_path / "mirabelle.toml"
    file.write_text(f'[plugins]\nload = ["{FOLDER / "mirabelle_example.py"}"]\n{policies}')
    return config.load(file)


def days_off(tmp_path: Path, **options: object) -> SchedulingPolicy:
    offered = loaded(tmp_path).registry.find(Kind.POLICIES, "days_off")
    policy: SchedulingPolicy = offered.component(offered.options(**options), lent())
    return policy


def test_it_refuses_premium_rate_numbers_and_no_others(tmp_path: Path) -> None:
    check = loaded(tmp_path).registry.hook.check_call_request
    premium = replace(REQUEST, phone_number="1-900-555-1212", destination="+19005551212")
    assert check(request=premium, account=ACCOUNT) == [["1-900-555-1212 is a premium-rate number"]]
    assert check(request=REQUEST, account=ACCOUNT) == [[]]


def test_the_configuration_picks_the_policy_and_fills_its_options(tmp_path: Path) -> None:
    text = '[policies]\nuse = ["window", "days_off"]\n[policies.days_off]\ndates = ["2026-12-25"]\n'
    window, chosen = loaded(tmp_path, text).picked[Kind.POLICIES]
    assert (window.offered.name, chosen.offered.name) == ("window", "days_off")
    assert chosen.options.dates == ("2026-12-25",)


@pytest.mark.parametrize("option", ['dates = ["Christmas"]', 'time_zone = "Europe/Bonn"', "dats = []"])
def test_wrong_options_stop_the_start(tmp_path: Path, option: str) -> None:
    with pytest.raises(ConfigurationError, match=r"policies.*days_off"):
        loaded(tmp_path, f"[policies.days_off]\n{option}\n")


def test_a_call_waits_for_the_end_of_the_day_off(tmp_path: Path) -> None:
    policy = days_off(tmp_path, dates=(TODAY,))
    tomorrow = START - START % DAY + DAY
    assert policy.plan(Planning(REQUEST), START, ACCOUNT) == Due(tomorrow)
    call = Call(1, REQUEST, CallState.CLAIMED, START, Due(START))
    assert policy.admit(call, START, Facts()) == Defer(tomorrow, "it is a day off")
    assert policy.admit(call, tomorrow, Facts()) is None


def test_the_entry_point_names_the_module() -> None:
    project = tomllib.loads((FOLDER / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["entry-points"]["mirabelle"] == {"example": "mirabelle_example"}
    assert project["tool"]["setuptools"]["py-modules"] == ["mirabelle_example"]


class TestDaysOff(SchedulingPolicyContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.tmp_path = tmp_path

    def make(self) -> SchedulingPolicy:
        return days_off(self.tmp_path, dates=(TODAY,))

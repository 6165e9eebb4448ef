import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mirabelle.core import config, config_sources
from mirabelle.core.component_kinds import Kind
from mirabelle.core.config import Configuration, LogFormat
from mirabelle.core.config_sources import ConfigurationError

PLUGIN = """
from dataclasses import dataclass, field
from mirabelle import hookimpl
from mirabelle.core.interfaces.delivery import ResultDelivery
from mirabelle.core.interfaces.detection import CalleeDetector
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.interfaces.policy import SchedulingPolicy
from mirabelle.core.interfaces.queue import QueueStorage
from mirabelle.core.interfaces.recordings import RecordingStore
from mirabelle.core.interfaces.telephony import TelephonyBackend


def made(interface, name, **more):
    nothing = {method: lambda self, *a, **k: None for method in interface.__abstractmethods__}
    return type(name.title(), (interface,), {**nothing, "name": name, **more})


@dataclass(frozen=True)
class SipOptions:
    host: str = "localhost"
    password: str = field(default="", repr=False)
    trunks: int = 1


class Engine:
    name = "js2py"

    def session(self): ...
    def check(self, source): ...


@hookimpl
def register_queue_storages():
    return [made(QueueStorage, "sqlite"), made(QueueStorage, "memory")]


@hookimpl
def register_directories():
    return [made(Directory, "sqlite")]


@hookimpl
def register_call_journals():
    return [made(CallJournal, "sqlite")]


@hookimpl
def register_scheduling_policies():
    return [made(SchedulingPolicy, "window"), made(SchedulingPolicy, "retry")]


@hookimpl
def register_telephony_backends():
    return [
        made(TelephonyBackend, "loopback", schemes=frozenset({"tel"})),
        made(TelephonyBackend, "sip", schemes=frozenset({"tel", "sip"}), Options=SipOptions),
    ]


@hookimpl
def register_callee_detectors():
    return [made(CalleeDetector, "call_progress")]


@hookimpl
def register_result_deliveries():
    return [made(ResultDelivery, "webhook", schemes=frozenset({"http", "https"}))]


@hookimpl
def register_ecmascript_engines():
    return [Engine]


@hookimpl
def register_recording_stores():
    return [made(RecordingStore, "files")]
"""
CLASH = """
from mirabelle import hookimpl
from everything import made
from mirabelle.core.interfaces.delivery import ResultDelivery


@hookimpl
def register_result_deliveries():
    return [made(ResultDelivery, "pigeon", schemes=frozenset({"http"}))]
"""

TWO_OBJECTS = """
from mirabelle import hookimpl
from everything import made
from mirabelle.core.interfaces.objects import VxmlObject


@hookimpl
def register_vxml_objects():
    return [made(VxmlObject, name, classids=frozenset({"com.example:it"})) for name in ("one", "two")]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "everything.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def loaded(
    folder: Path, text: str = "", environment: Mapping[str, str] | None = None, options: Any = None
) -> Configuration:
    file = folder / "mirabelle.toml"
    plugins = "" if "[plugins]" in text else '[plugins]\nload = ["everything.py"]\n'
    file.write_text(f"{text}\n{plugins}")
    return config.load(file, environment, options, defaults=())


def problems_of(folder: Path, text: str = "", environment: Mapping[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        loaded(folder, text, environment)
    return [problem.replace(f"{folder}/", "") for problem in caught.value.problems]


def names(configuration: Configuration, kind: Kind) -> list[str]:
    return [each.offered.name for each in configuration.picked[kind]]


def test_embedded_defaults(folder: Path) -> None:
    there = loaded(folder)
    assert names(there, Kind.QUEUE) == ["sqlite"]
    assert names(there, Kind.POLICIES) == ["window", "retry"]
    assert names(there, Kind.TELEPHONY) == ["loopback"]
    assert names(there, Kind.DELIVERIES) == ["webhook"]
    assert names(there, Kind.FETCHERS) == []
    assert (there.settings.server.host, there.settings.server.port) == ("127.0.0.1", 8080)
    assert there.settings.data == config.data_folder().resolve()


def test_component_options_are_filled_from_their_tables(folder: Path) -> None:
    text = '[telephony]\nuse = ["sip", "loopback"]\n[telephony.sip]\nhost = "pbx"\ntrunks = 4\n'
    there = loaded(folder, text)
    assert names(there, Kind.TELEPHONY) == ["sip", "loopback"]
    options = there.picked[Kind.TELEPHONY][0].options
    assert (options.host, options.trunks) == ("pbx", 4)


def test_an_unknown_key_names_file_table_and_key(folder: Path) -> None:
    (problem,) = problems_of(folder, "[server]\nprot = 1")
    assert problem == "mirabelle.toml: [server] prot: unknown key (did you mean 'port'?)"


def test_an_unknown_table_is_named(folder: Path) -> None:
    (problem,) = problems_of(folder, "[sever]\nport = 1")
    assert problem.endswith("unknown table or key 'sever' (did you mean 'server'?)")


def test_a_wrong_type_names_file_table_and_key(folder: Path) -> None:
    (problem,) = problems_of(folder, '[server]\nport = "high"')
    assert problem == "mirabelle.toml: [server] port: expected a whole number, got text"


def test_a_component_s_options_are_as_strict(folder: Path) -> None:
    assert problems_of(folder, '[telephony.sip]\nhots = "x"\ntrunks = "two"') == [
        "mirabelle.toml: [telephony.sip] hots: unknown key (did you mean 'host'?)",
        "mirabelle.toml: [telephony.sip] trunks: expected a whole number, got text",
    ]


def test_an_unknown_component_is_named_in_use_and_as_a_table(folder: Path) -> None:
    assert problems_of(folder, '[queue]\nuse = "lite"\n[queue.memroy]\nsize = 1') == [
        "mirabelle.toml: [queue] memroy: unknown key or component (did you mean 'memory'?); offered: memory, sqlite",
        "mirabelle.toml: [queue] use: there is no component 'lite' (did you mean 'sqlite'?); offered: memory, sqlite",
    ]


def test_all_problems_come_at_once(folder: Path) -> None:
    text = (
        'time_scale = "fast"\n[server]\nprot = 1\nport = "x"\n[queue]\nuse = 3\n[telephony]\nuse = []\n[nothing]\nx = 1'
    )
    assert len(problems_of(folder, text)) == 6


def test_use_must_be_of_the_right_shape(folder: Path) -> None:
    assert problems_of(folder, '[policies]\nuse = "window"\n[telephony]\nuse = ["sip", "sip"]') == [
        "mirabelle.toml: [policies] use: expected a list, got text",
        "mirabelle.toml: [telephony] use: names a component twice",
    ]


def test_the_environment_overrides_the_file(folder: Path) -> None:
    there = loaded(
        folder,
        "[server]\nport = 1\n[telephony.sip]\ntrunks = 2\n",
        {
            "MIRABELLE_SERVER__PORT": "9090",
            "MIRABELLE_LOG__FORMAT": "json",
            "MIRABELLE_TELEPHONY__USE": "sip,loopback",
            "MIRABELLE_TELEPHONY__SIP__TRUNKS": "7",
            "MIRABELLE_CONFIG": "ignored here",
            "HOME": "/root",
        },
    )
    assert there.settings.server.port == 9090
    assert there.settings.log.format is LogFormat.JSON
    assert names(there, Kind.TELEPHONY) == ["sip", "loopback"]
    assert there.picked[Kind.TELEPHONY][0].options.trunks == 7


def test_a_problem_of_the_environment_names_the_variable(folder: Path) -> None:
    found = problems_of(
        folder,
        "",
        {
            "MIRABELLE_SERVER__PORT": "high",
            "MIRABELLE_SERVER__PROT": "1",
            "MIRABELLE_SEVER__HOST": "x",
            "MIRABELLE_DAT": "x",
        },
    )
    assert "MIRABELLE_SERVER__PORT: expected a whole number" in found
    assert "MIRABELLE_SERVER__PROT: unknown key (did you mean 'port'?)" in found
    assert "MIRABELLE_SEVER__HOST: unknown table or key 'sever' (did you mean 'server'?)" in found
    assert "MIRABELLE_DAT: unknown table or key 'dat' (did you mean 'data'?)" in found


def test_the_environment_cannot_reach_into_a_value(folder: Path) -> None:
    assert problems_of(folder, "time_scale = 1", {"MIRABELLE_TIME_SCALE__X": "1"}) == [
        "MIRABELLE_TIME_SCALE__X: 'time_scale' is a value in the file, not a table"
    ]


def test_the_command_line_overrides_both(folder: Path) -> None:
    there = loaded(folder, "[server]\nport = 1", {"MIRABELLE_SERVER__PORT": "2"}, {("server", "port"): 3})
    assert there.settings.server.port == 3


def test_a_relative_data_folder_is_beside_the_file(folder: Path) -> None:
    assert loaded(folder, 'data = "store"').settings.data == (folder / "store").resolve()


@pytest.mark.parametrize(
    ("content", "says"), [(b"[server\n", "is not TOML"), (b'x = "\xff"', "is not UTF-8"), (None, "cannot be read")]
)
def test_a_file_that_cannot_be_read_is_named(folder: Path, content: bytes | None, says: str) -> None:
    file = folder / "other.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigurationError, match=rf"other.toml: {says}"):
        config.load(file, defaults=())


def test_what_is_no_file_or_too_large_is_not_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "large.toml").write_bytes(b"#" * (config_sources.LARGEST + 1))
    for name, says in (("pipe", "is not a file"), ("large.toml", "has more than"), (".", "is not a file")):
        with pytest.raises(ConfigurationError, match=says):
            config.load(folder / name, defaults=())


def test_time_scale_is_for_loopback_alone(folder: Path) -> None:
    assert loaded(folder, "time_scale = 60").settings.time_scale == 60
    (problem,) = problems_of(folder, 'time_scale = 60\n[telephony]\nuse = ["loopback", "sip"]')
    assert problem.startswith("time_scale = 60 speeds up every clock")


@pytest.mark.parametrize("text", ["time_scale = 0", "time_scale = -1", "[server]\nport = 70000"])
def test_a_value_out_of_range_is_refused(folder: Path, text: str) -> None:
    assert "must be" in problems_of(folder, text)[0]


def test_two_deliveries_of_one_scheme_must_be_chosen_between(folder: Path) -> None:
    (folder / "pigeon.py").write_text(CLASH)
    text = '[plugins]\nload = ["everything.py", "pigeon.py"]\n'
    (problem,) = problems_of(folder, text)
    assert (
        problem == "deliveries: 'webhook' and 'pigeon' both serve http: URLs; name the one you want in deliveries.use"
    )
    assert names(loaded(folder, text + '[deliveries]\nuse = ["pigeon"]'), Kind.DELIVERIES) == ["pigeon"]


def test_two_objects_of_one_classid_are_refused(folder: Path) -> None:
    (folder / "objects.py").write_text(TWO_OBJECTS)
    text = '[plugins]\nload = ["everything.py", "objects.py"]\n'
    (problem,) = problems_of(folder, text)
    assert problem == "objects: 'one' and 'two' both serve com.example:it; name the one you want in objects.use"
    assert names(loaded(folder, text + '[objects]\nuse = ["two"]'), Kind.OBJECTS) == ["two"]


def test_problems_of_plugins_come_with_those_of_the_tables(folder: Path) -> None:
    found = problems_of(folder, '[plugins]\nload = ["gone.py"]\n[server]\nprot = 1')
    assert len(found) == 2
    assert "gone" in found[1]


def test_a_secret_is_in_no_problem_and_no_repr(folder: Path) -> None:
    text = '[telephony.sip]\npassword = "s3cret"\ntrunks = "s3cret"\npasword = "s3cret"'
    assert "s3cret" not in "".join(problems_of(folder, text, {"MIRABELLE_TELEPHONY__SIP__TRUNKS": "s3cret"}))
    there = loaded(folder, '[telephony.sip]\npassword = "s3cret"')
    assert "s3cret" not in repr(there)
    assert "s3cret" not in repr(there.picked)

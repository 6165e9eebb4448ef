from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from mirabelle import hookimpl
from mirabelle.core import registry
from mirabelle.core.component_kinds import Kind
from mirabelle.core.interfaces.detection import CalleeDetector, Detection
from mirabelle.core.plugin_sources import PluginsOptions, Source
from mirabelle.core.registry import Registry, RegistryError

PLUGIN = """
from mirabelle import hookimpl
from mirabelle.core.interfaces.detection import CalleeDetector, Detection


class Patient(CalleeDetector):
    name = "patient"

    def start(self) -> Detection:
        raise NotImplementedError


@hookimpl
def register_callee_detectors():
    return [Patient]
"""


class Ear(CalleeDetector):
    name = "ear"

    def start(self) -> Detection:
        raise NotImplementedError


def offering(*classes: Any) -> SimpleNamespace:
    def register_callee_detectors() -> list[Any]:
        return list(classes)

    return SimpleNamespace(register_callee_detectors=hookimpl(register_callee_detectors))


def assembled(**plugins: object) -> Registry:
    return registry.assemble([Source(name, "a test", plugin) for name, plugin in plugins.items()])


def problems_of(**plugins: object) -> tuple[str, ...]:
    with pytest.raises(RegistryError) as caught:
        assembled(**plugins)
    return caught.value.problems


def loaded(tmp_path: Path, load: tuple[str, ...] = (), block: tuple[str, ...] = ()) -> Registry:
    return registry.load(PluginsOptions(load, block), tmp_path, defaults=())


def test_a_component_is_known_by_kind_name_and_plugin() -> None:
    there = assembled(listening=offering(Ear))
    found = there.find(Kind.DETECTORS, "ear")
    assert (found.component, found.plugin) == (Ear, "listening")
    assert there.plugins[0].hooks == ("register_callee_detectors",)
    assert there.offered[Kind.QUEUE] == {}


def test_an_unknown_component_names_the_nearest() -> None:
    with pytest.raises(RegistryError, match=r"detectors.use: there is no component 'eer' \(did you mean 'ear'\?\)"):
        assembled(listening=offering(Ear)).find(Kind.DETECTORS, "eer")


def test_a_misspelt_hook_names_plugin_and_nearest_hook() -> None:
    plugin = SimpleNamespace(register_route=hookimpl(lambda platform: []))
    (problem,) = problems_of(web=plugin)
    assert problem == "plugin 'web' (a test): there is no hook 'register_route' (did you mean 'register_routes'?)"


def test_a_misspelt_argument_names_hook_and_arguments() -> None:
    plugin = SimpleNamespace(register_routes=hookimpl(lambda platfrom: []))
    (problem,) = problems_of(web=plugin)
    assert "hook 'register_routes' has no argument 'platfrom' (did you mean 'platform'?); it takes platform" in problem


def test_a_hook_may_leave_arguments_out() -> None:
    assert assembled(web=SimpleNamespace(startup=hookimpl(lambda: None))).plugins[0].hooks == ("startup",)


def test_an_optional_hook_of_a_later_version_is_let_be() -> None:
    plugin = SimpleNamespace(register_wonders=hookimpl(optionalhook=True)(lambda: None))
    assert assembled(future=plugin).plugins[0].name == "future"


def test_two_components_of_one_name_name_both_plugins() -> None:
    class Other(Ear):
        pass

    (problem,) = problems_of(first=offering(Ear), second=offering(Other))
    assert "detectors.ear" in problem
    assert "'first'" in problem
    assert "'second'" in problem


def test_one_name_in_two_kinds_is_no_clash() -> None:
    assert assembled(first=offering(Ear), second=SimpleNamespace()).find(Kind.DETECTORS, "ear").plugin == "first"


class Unnamed(CalleeDetector):
    def start(self) -> Detection:
        raise NotImplementedError


class Unfinished(CalleeDetector):
    name = "unfinished"


class Loose(Ear):
    Options = dict


@pytest.mark.parametrize(
    ("offered", "says"),
    [
        (Unnamed, "needs a class attribute `name`"),
        (Unfinished, "lacks start"),
        (Loose, "needs a frozen dataclass as its `Options`"),
        (int, "is not a subclass of CalleeDetector"),
        ("ear", "is not a class"),
    ],
)
def test_a_class_that_cannot_serve_is_refused(offered: object, says: str) -> None:
    (problem,) = problems_of(listening=offering(offered))
    assert problem.startswith("plugin 'listening': ")
    assert says in problem


def test_a_script_engine_must_have_the_methods_of_the_protocol() -> None:
    class Half:
        name = "half"

        def session(self) -> None: ...

    plugin = SimpleNamespace(register_ecmascript_engines=hookimpl(lambda: [Half]))
    (problem,) = problems_of(scripts=plugin)
    assert "Half of register_ecmascript_engines lacks check" in problem


def test_an_offer_that_raises_names_the_plugin() -> None:
    def register_callee_detectors() -> list[Any]:
        raise OSError("no microphone")

    plugin = SimpleNamespace(register_callee_detectors=hookimpl(register_callee_detectors))
    assert problems_of(ears=plugin) == ("plugin 'ears': register_callee_detectors raised OSError: no microphone",)


def test_an_offer_that_is_no_list_is_refused() -> None:
    plugin = SimpleNamespace(register_callee_detectors=hookimpl(lambda: Ear))
    (problem,) = problems_of(ears=plugin)
    assert "returned ABCMeta: return a list of classes" in problem


def test_all_problems_are_told_at_once() -> None:
    wrong = SimpleNamespace(registr_routes=hookimpl(lambda platform: []), obsrve=hookimpl(lambda event: None))
    assert len(problems_of(wrong=wrong)) == 2


def test_a_forgotten_mark_is_found() -> None:
    plugin = ModuleType("forgetful")
    exec("def startup(platform):\n    return None\n", plugin.__dict__)
    (problem,) = problems_of(forgetful=plugin)
    assert "hook 'startup' lacks @hookimpl" in problem


def test_a_file_is_loaded_relative_to_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "patience.py").write_text(PLUGIN)
    there = loaded(tmp_path, load=("patience.py",))
    found = there.find(Kind.DETECTORS, "patient")
    assert found.plugin == "patience"
    assert [plugin.origin for plugin in there.plugins if plugin.name == "patience"] == ["plugins.load: patience.py"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nowhere.py", "there is no file"),
        ("no_such_module_at_all", "ModuleNotFoundError"),
        ("broken.py", "SyntaxError"),
        ("leaving.py", "SystemExit"),
    ],
)
def test_what_cannot_be_imported_is_named(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "broken.py").write_text("def (:\n")
    (tmp_path / "leaving.py").write_text("raise SystemExit(0)\n")
    with pytest.raises(RegistryError) as caught:
        loaded(tmp_path, load=(name,))
    assert name.removesuffix(".py") in caught.value.problems[0]
    assert says in caught.value.problems[0]


def test_a_blocked_plugin_is_not_even_imported(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("raise SystemError\n")
    there = loaded(tmp_path, load=("broken.py",), block=("broken",))
    assert "broken" not in [plugin.name for plugin in there.plugins]


def test_blocking_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"plugins\.block: there is no plugin 'quue_memory'"):
        loaded(tmp_path, block=("quue_memory",))


def test_one_plugin_twice_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "patience.py").write_text(PLUGIN)
    with pytest.raises(RegistryError, match="two plugins are named 'patience'"):
        loaded(tmp_path, load=("patience.py", "patience.py"))


def test_the_configured_plugins_are_asked_before_the_default_ones() -> None:
    first = SimpleNamespace(choose_backend=hookimpl(lambda call: "default"))
    last = SimpleNamespace(choose_backend=hookimpl(lambda call: "configured"))
    assert assembled(first=first, last=last).hook.choose_backend(call=None) == "configured"

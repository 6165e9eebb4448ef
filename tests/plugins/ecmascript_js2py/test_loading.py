"""js2py's translator, where the vulnerable code is, is never loaded."""

import subprocess
import sys
import warnings

import pytest

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine, loading, register_ecmascript_engines

PROGRAM = """
import sys
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.script import finish
engine = Js2pyEngine()
session = engine.session()
scope = session.scope(None, "dialog")
source = "eval('[1, 2].map(function (n) { return new Date(n).getTime() + Math.random() * 0 }).join()')"
assert finish(session.evaluate(source, scope)) == "1,2"
try:
    finish(session.evaluate("null.x", scope))
except Exception as error:
    print(error)
present = sorted(name for name in sys.modules if name.split(".")[0] == "js2py")
print([name for name in present if not name.startswith("js2py.internals")])
print([name for name in sys.modules if name in ("js2py.base", "js2py.translators", "js2py.pyjs", "js2py.utils")])
"""


def test_only_the_virtual_machine_of_js2py_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines()[1:] == ["[]", "[]"]


def test_loading_again_gives_the_same_modules() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert loading.load().base is loading.load().base


def test_a_missing_js2py_says_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(loading.EngineMissing, match=r"pip install js2py==0\.74"):
        loading.load()


def test_the_plugin_offers_the_engine() -> None:
    assert register_ecmascript_engines() == [Js2pyEngine]
    assert Js2pyEngine.name == "js2py"

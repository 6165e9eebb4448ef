"""The package as a whole: what importing it does, and what it is called."""

import subprocess
import sys
from importlib.metadata import version

import mirabelle


def test_the_version_is_that_of_the_distribution() -> None:
    assert mirabelle.__version__ == version("mirabelle")


def test_importing_the_package_loads_nothing_of_the_platform() -> None:
    code = "import mirabelle, sys; print(*[name for name in sys.modules if name.startswith('mirabelle.')])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.split() == []

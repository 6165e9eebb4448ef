"""The command line: `mirabelle COMMAND`, or `python cli.py COMMAND` in a checkout."""

import importlib.util
import sys
from pathlib import Path


def main() -> None:
    """Run the command that the arguments name and exit with its status."""
    from mirabelle.core.commands.program import run

    sys.exit(run(sys.argv[1:]))


def load_checkout(root: Path) -> None:
    """Make `mirabelle` this checkout, installed or not, and its folders no packages of their own (`core`, `tests`)."""
    sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != root]
    specification = importlib.util.spec_from_file_location(
        "mirabelle", root / "__init__.py", submodule_search_locations=[str(root)]
    )
    assert specification is not None, root
    assert specification.loader is not None, root
    package = importlib.util.module_from_spec(specification)
    sys.modules["mirabelle"] = package
    specification.loader.exec_module(package)


if __name__ == "__main__":
    load_checkout(Path(__file__).resolve().parent)
    main()

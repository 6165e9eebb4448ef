"""What holds for the tree as a whole: where imports point, what is packaged, how long files are."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRODUCT = ("core", "plugins", "vxml_interpreter", "contrib")
LONGEST = 400

# From a part of the tree to what it may import of ours. A plugin may also import from itself.
ARROWS = {
    "vxml_interpreter": ("mirabelle.vxml_interpreter",),
    "core": ("mirabelle.core", "mirabelle.vxml_interpreter", "mirabelle.__version__", "mirabelle.hookimpl"),
    "plugins": (
        "mirabelle.hookimpl",
        "mirabelle.core.hookspecs",
        "mirabelle.core.types",
        "mirabelle.core.interfaces",
        "mirabelle.core.simulation",
        # The table of moves that every storage refuses others than; as pure as the types.
        "mirabelle.core.lifecycle",
        "mirabelle.vxml_interpreter",
    ),
    "cli.py": ("mirabelle.core", "mirabelle.__version__", "mirabelle.cli"),
}
ARROWS["contrib"] = ARROWS["plugins"]


def sources() -> Iterator[Path]:
    yield ROOT / "__init__.py"
    yield ROOT / "cli.py"
    for part in PRODUCT:
        yield from sorted((ROOT / part).rglob("*.py"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


SOURCES = {shown(path): path for path in sources()}


def imported(path: Path) -> Iterator[str]:
    """Every dotted name of ours that a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> list[str]:
    return [name for name in imported(path) if name.split(".")[0] == "mirabelle"]


def within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def allowed(path: str) -> tuple[str, ...]:
    parts = Path(path).parts
    itself = f"mirabelle.{parts[0]}.{Path(parts[1]).stem}" if len(parts) > 1 else "mirabelle"
    return (*ARROWS[parts[0]], itself) if parts[0] in ("plugins", "contrib") else ARROWS[parts[0]]


@pytest.mark.parametrize("path", [path for path in SOURCES if path != "__init__.py"])
def test_imports_point_one_way(path: str) -> None:
    wrong = [name for name in ours(SOURCES[path]) if not any(within(name, prefix) for prefix in allowed(path))]
    assert wrong == []


@pytest.mark.parametrize("path", ["core/types.py", "__init__.py"])
def test_what_imports_nothing_of_ours(path: str) -> None:
    assert ours(SOURCES[path]) == []


def test_the_interpreter_needs_lxml_and_itself_only() -> None:
    foreign = {
        "aiohttp",
        "starlette",
        "peewee",
        "click",
        "pluggy",
        "structlog",
        "uvicorn",
        "js2py",
        "asyncio",
        "threading",
    }
    # What is kept is shared by threads of others.
    locks = {"vxml_interpreter/keeping.py": {"threading"}}
    for path in sorted((ROOT / "vxml_interpreter").rglob("*.py")):
        names = {name.split(".")[0] for name in imported(path)}
        assert (foreign - locks.get(shown(path), set())).isdisjoint(names), shown(path)


def test_no_import_leads_back_to_itself() -> None:
    modules = {module_of(path): path for path in SOURCES.values()}
    arrows = {name: sorted(targets(name, path, modules)) for name, path in modules.items()}
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join((*way[way.index(name) :], name))
        if name not in done:
            for target in arrows[name]:
                walk(target, (*way, name))
            done.add(name)

    for name in sorted(modules):
        walk(name, ())


def module_of(path: Path) -> str:
    return ".".join(["mirabelle", *path.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__")


def targets(name: str, path: Path, modules: dict[str, Path]) -> set[str]:
    found = {target_of(each, modules) for each in at_start(path)}
    return {target for target in found if target is not None and target != name}


def target_of(name: str, modules: dict[str, Path]) -> str | None:
    module = name if name in modules else name.rpartition(".")[0]
    return module if module in modules else None


def at_start(path: Path) -> Iterator[str]:
    """What is imported when the module is, so not within functions or `if TYPE_CHECKING`."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_the_packages_are_those_of_the_tree() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    own = [path.parent for part in PRODUCT for path in (ROOT / part).rglob("__init__.py") if not elsewhere(path)]
    there = ["mirabelle", *(".".join(("mirabelle", *folder.relative_to(ROOT).parts)) for folder in own)]
    assert sorted(listed) == sorted(there)


def elsewhere(path: Path) -> bool:
    """Whether it belongs to a package of its own, with a pyproject.toml of its own."""
    inner = [folder for folder in path.parents if folder != ROOT and folder.is_relative_to(ROOT)]
    return any((folder / "pyproject.toml").exists() for folder in inner)


def test_every_folder_with_python_is_a_package() -> None:
    own = [path for path in SOURCES.values() if not elsewhere(path)]
    loose = [shown(path) for path in own if not (path.parent / "__init__.py").exists()]
    assert loose == []


def test_data_files_of_packages_are_shipped() -> None:
    shipped = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    for path in data_files():
        package = module_of(path.parent / "__init__.py")
        patterns = [*shipped.get(package, []), *shipped["mirabelle"]]
        assert any(path.relative_to(ROOT).match(pattern) for pattern in patterns), (
            f"{shown(path)} is in no package-data"
        )


def data_files() -> Iterator[Path]:
    for part in PRODUCT:
        for path in (ROOT / part).rglob("*"):
            if path.is_file() and path.suffix not in (".py", ".pyc", ".md") and not elsewhere(path):
                yield path


def test_no_other_module_stands_at_the_root() -> None:
    assert sorted(path.name for path in ROOT.glob("*.py")) == ["__init__.py", "cli.py"]


@pytest.mark.parametrize("path", [*SOURCES, *(shown(path) for path in sorted((ROOT / "tests").rglob("*.py")))])
def test_no_file_is_too_long(path: str) -> None:
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= LONGEST


def test_nothing_outside_the_tests_looks_outside_the_checkout() -> None:
    texts = [ROOT / name for name in ("README.md", "Makefile", "pyproject.toml", "CONTRIBUTING.md", "CHANGELOG.md")]
    folders = [ROOT / name for name in (*PRODUCT, "docs", "benchmarks", ".ci")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    for path in [*texts, ROOT / "cli.py", *files]:
        text = path.read_bytes().decode("utf-8", "replace")
        assert "../shared" not in text, shown(path)
        assert f"{ROOT.parent}/" not in text, shown(path)

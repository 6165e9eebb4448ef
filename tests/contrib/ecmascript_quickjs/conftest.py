import importlib.util
from collections.abc import Iterator

import pytest

from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine
from mirabelle.contrib.ecmascript_quickjs.limits import Options
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.core.testing.script_chain import Chain

collect_ignore: list[str] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if importlib.util.find_spec("_quickjs") is None:
        skip = pytest.mark.skip(reason="quickjs-ng is not installed: pip install 'mirabelle[quickjs]'")
        for item in items:
            if "ecmascript_quickjs" in item.nodeid and "needs_no_extra" not in item.keywords:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """One pool for all tests that do it no harm."""
    pool = Workers(Options(workers=1))
    yield pool
    pool.close()


@pytest.fixture
def engine(workers: Workers) -> QuickjsEngine:
    return QuickjsEngine(workers=workers)


@pytest.fixture
def chain(engine: QuickjsEngine) -> Chain:
    return Chain(engine.session())

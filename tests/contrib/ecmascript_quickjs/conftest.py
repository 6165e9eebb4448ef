from collections.abc import Iterator

import pytest

from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine
from mirabelle.contrib.ecmascript_quickjs.limits import Options
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.core.testing.script_chain import Chain


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """One worker for all tests of a module that do it no harm."""
    pool = Workers(Options(workers=1, seconds=0.3))
    yield pool
    pool.close()


@pytest.fixture
def engine(workers: Workers) -> QuickjsEngine:
    return QuickjsEngine(workers=workers)


@pytest.fixture
def chain(engine: QuickjsEngine) -> Chain:
    return Chain(engine.session())

import random

import pytest

from mirabelle.core.testing.script_engine import Chain
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine, Options


@pytest.fixture
def engine() -> Js2pyEngine:
    return Js2pyEngine(Options(work=400_000), clock=lambda: 1_700_000_000.25, chance=random.Random(1))


@pytest.fixture
def chain(engine: Js2pyEngine) -> Chain:
    return Chain(engine.session())

"""Every golden dialogue goes with this engine as it goes with the first one."""

import random
from pathlib import Path

import pytest

from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.core.interfaces.component import Clock
from tests.contrib.ecmascript_quickjs.extra import needs_extra
from tests.dialogs.playing import HERE, TRANSCRIPTS, difference

pytestmark = [needs_extra, pytest.mark.full]


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.relative_to(HERE).with_suffix("").as_posix())
def test_dialogue(path: Path, workers: Workers) -> None:
    def engine(clock: Clock, chance: random.Random) -> QuickjsEngine:
        return QuickjsEngine(None, clock.now, chance, workers)

    differs = difference(path, engine)
    if differs:
        pytest.fail(differs, pytrace=False)

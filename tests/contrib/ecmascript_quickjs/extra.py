"""What is skipped where quickjs-ng is not installed."""

import importlib.util

import pytest

needs_extra = pytest.mark.skipif(
    importlib.util.find_spec("_quickjs") is None,
    reason="quickjs-ng is not installed: pip install 'mirabelle[quickjs]' (`make test` does)",
)

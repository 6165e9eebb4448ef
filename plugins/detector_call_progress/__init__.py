"""Callee detection from signalling and from what the leg reports of the far end, by the name `call_progress`."""

from collections.abc import Sequence

from mirabelle import hookimpl
from mirabelle.core.interfaces.detection import CalleeDetector
from mirabelle.plugins.detector_call_progress.detector import CallProgressDetector, CallProgressOptions

__all__ = ["CallProgressDetector", "CallProgressOptions"]


@hookimpl
def register_callee_detectors() -> Sequence[type[CalleeDetector]]:
    """Offer `call_progress`."""
    return [CallProgressDetector]

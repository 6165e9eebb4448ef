"""Mirabelle: outbound telephone calls from a queue, each with a VoiceXML dialogue."""

import pluggy

__version__ = "0.1.0"
__all__ = ["__version__", "hookimpl"]

hookimpl = pluggy.HookimplMarker("mirabelle")

"""Prompts to the segments that legs play: VoiceXML 2.0, 4.1."""

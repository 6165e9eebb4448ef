"""VoiceXML 2.0 and 2.1 without I/O, clock or threads."""

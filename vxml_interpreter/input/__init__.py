"""Keys and utterances against grammars and timers: VoiceXML 2.0, Appendix D, sans I/O."""

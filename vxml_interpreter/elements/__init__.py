"""One small module an element of VoiceXML."""

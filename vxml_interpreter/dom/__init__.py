"""XML data as scripts see it, a read-only DOM: VoiceXML 2.1, 5 and Appendix D."""

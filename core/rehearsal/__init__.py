"""Dialogues without a telephone: the interpreter and the driver of real calls, in virtual time, with simulated people.

`mirabelle rehearse` and the golden transcripts of the tests are both made of this.
"""

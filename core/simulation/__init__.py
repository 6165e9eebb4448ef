"""Simulated telephone calls in text: how long things take, people who answer, and the leg that joins both.

`rehearse` and the loopback telephony share this one model, so that a dialogue takes the same time in both.
Plugins may import it.
"""

"""Figures of speed, each a ratio within one run or a rate, against the gates in gates.toml."""

"""Checking documents and grammars before they go live: what `mirabelle check` does besides looking at each alone."""

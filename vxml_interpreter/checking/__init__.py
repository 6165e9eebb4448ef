"""What is wrong with documents before they go live: the loader's faults, and rules that look at the whole.

A rule is a small function with a name, a severity and a section of the recommendation; `rules.RULES` has all of them.
"""

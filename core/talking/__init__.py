"""What `core/dialog.py` and `core/caller.py` talk through: the line, what is played and heard, and the story of it."""

"""The command line: `mirabelle COMMAND`, or `python cli.py COMMAND` in a checkout."""

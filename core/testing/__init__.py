"""For authors of plugins: contract tests, virtual time, rehearsal."""

"""The parts of the dispatcher: claiming, attempts, leases, endings, and what is left by time or by other nodes."""

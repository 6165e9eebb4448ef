"""The platform: everything between a queued call and its delivered result."""

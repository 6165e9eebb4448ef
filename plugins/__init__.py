"""The plugins that are on by default; they use the public hooks only."""

"""What plugins implement: one module an interface."""

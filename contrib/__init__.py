"""Shipped plugins that are off by default and may need extras."""

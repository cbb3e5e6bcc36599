"""Months that are locked and years that are closed."""

"""Purchases: goods into stock with their share of freight, and what stays owed."""

"""Believable books of Batang to look around in: a warung, and a savings-and-loan cooperative."""

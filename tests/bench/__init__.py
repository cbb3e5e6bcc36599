"""Measurements of Lumbung beside raw SQLite, plain libraries and other programs: `make bench`."""

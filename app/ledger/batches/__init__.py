"""Imported files: each is one command, whose documents are known again and which is taken back as a whole."""

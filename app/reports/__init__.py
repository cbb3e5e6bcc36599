"""Reports: from a snapshot of the book to a Document, and from a Document to paper and files."""

"""People and firms the book deals with: customers, suppliers, members."""

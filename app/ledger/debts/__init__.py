"""What customers owe us and we owe suppliers: bills (bon) and their payments."""

"""The command line: it parses, calls a command or a query, and prints. Heavy parts load on use."""

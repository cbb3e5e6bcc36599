"""Applications for loans: what a member asks for, what is looked at, what is decided, and which loan came of it."""

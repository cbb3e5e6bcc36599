"""Who the book belongs to: name, legal numbers, officers, fiscal year, logo."""

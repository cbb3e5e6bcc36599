"""The numbers that law gives, dated: what held on a day, and by which rule."""

"""Members of a cooperative: who they are, what they may save, and how they leave."""

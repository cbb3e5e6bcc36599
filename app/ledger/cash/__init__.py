"""Money in and out by category, and between cash and bank."""

"""Lumbung: offline bookkeeping for small businesses and cooperatives. Layers outside, slices inside."""

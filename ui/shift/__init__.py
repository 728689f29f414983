"""The drawer's pages: float at the start, count at the end."""

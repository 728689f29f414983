"""The day's bill against till and head office."""

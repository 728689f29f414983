"""Figures: what a manager looks at, a view a file; each is read from the till's own disk and asked for by a manager.

Every function takes ``by`` and raises NeedsManager unless they may see figures by the till's own disk.
"""

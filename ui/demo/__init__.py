"""The demo: a store to try, on this machine alone."""

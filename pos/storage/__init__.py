"""Where facts live: SQLite through sqlite-utils; the only SQL outside the hub."""

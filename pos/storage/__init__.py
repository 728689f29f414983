"""Where facts live: SQLite through sqlite-utils; the only SQL outside the hub."""

import sys

import pysqlite3

# sqlite-utils imports the standard library's module for a type hint, and with it comes a second SQLite, which
# must not be in the process: two of them drop each other's locks.
sys.modules.setdefault("sqlite3", pysqlite3)

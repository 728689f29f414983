"""PySide6 without its other spelling of names, for which it read the source of every module that was imported after it.

That took a tenth of the start. Nothing here is spelled in the other way (``from __feature__ import …``).
"""

import builtins

import PySide6  # noqa: F401  (it puts an import of its own in place of Python's)

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

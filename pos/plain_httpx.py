"""httpx without its command line, whose coloured tables are no part of a till and took a tenth of its start."""

import sys
from types import ModuleType

sys.modules.setdefault("httpx._main", ModuleType("httpx._main"))  # httpx itself does without, where it is not whole

import httpx as httpx  # noqa: E402, PLC0414  (others take it from here)

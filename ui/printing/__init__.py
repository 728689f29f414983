"""Printing as people see it: what waits for paper, what is printed again, and what is set about receipts."""

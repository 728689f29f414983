"""Approval: somebody else says yes, on the same screen."""

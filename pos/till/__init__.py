"""What people do at a till: one verb per file, plain functions that take a Till."""

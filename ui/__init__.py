"""The till's window: Qt, and nothing else."""

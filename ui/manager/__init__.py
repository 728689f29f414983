"""What a manager reads at the till."""

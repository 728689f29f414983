"""The panels of taking money: one for each stage."""

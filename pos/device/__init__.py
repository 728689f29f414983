"""What is plugged in: printers and drawers, and how a receipt is laid out."""

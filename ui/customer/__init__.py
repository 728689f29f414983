"""What the customer sees: on a screen of their own, or on ours turned round."""

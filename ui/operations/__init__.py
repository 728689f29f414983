"""What a cashier does to a cart besides scanning: one pad for every number, and what stands beside it."""

"""What a manager sets in the store itself: keys, scale labels, tiles."""

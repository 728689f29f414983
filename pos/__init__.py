"""Everything that is true of a till without a screen."""

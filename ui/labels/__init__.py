"""Labels: a manager teaches the till how a scale prints its labels, by scanning three of them."""

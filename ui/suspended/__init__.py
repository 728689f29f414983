"""Carts that are laid aside: the list, and the hands that move them."""

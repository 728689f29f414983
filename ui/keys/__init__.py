"""Keys: what each key does, printed on its button, told on one sheet, and changed by the shop."""

"""Cash: what moves in the drawer besides sales, and what was rung up wrongly."""

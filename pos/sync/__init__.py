"""How facts travel: the journal up to the hub, the catalogue down to the till; selling never waits for either."""

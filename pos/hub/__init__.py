"""The head office: takes every true journal entry exactly once, adds it up afterwards, hands the catalogue down."""

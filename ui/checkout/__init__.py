"""The counter's page: what is being bought, and what to do next."""

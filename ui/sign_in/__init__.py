"""Who is this, and is the till well."""

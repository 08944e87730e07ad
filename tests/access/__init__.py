"""Who comes in, as what, and for how long."""

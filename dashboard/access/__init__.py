"""Who may see what: for whom figures are published, and who is who."""

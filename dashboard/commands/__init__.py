"""The commands of `gedragscode`, a subject a module. `dashboard.cli` puts them together."""

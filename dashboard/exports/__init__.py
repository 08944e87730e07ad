"""Text in → accepted rows, and rejected rows with their reasons, out. Knows no store and no screen."""

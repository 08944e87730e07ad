"""Small numbers: what may be shown to whom, so that nothing that is hidden can be worked out."""

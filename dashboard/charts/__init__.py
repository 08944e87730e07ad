"""Frame in, chart out: every figure as a description that a screen or a paper can draw."""

"""The published figures: hand-made cases, and the twin that recomputes them."""

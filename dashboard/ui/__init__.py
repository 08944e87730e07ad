"""What a reader sees around every page: the frame, the filters, the building blocks and the server."""

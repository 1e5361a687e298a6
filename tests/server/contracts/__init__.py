"""What must hold of every model and every page of the server."""

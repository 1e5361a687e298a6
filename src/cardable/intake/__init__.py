"""What came in, before we believe it: a file becomes text tables whose columns are recognised."""

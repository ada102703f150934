"""Article files as outlets deliver them -> one raw frame."""

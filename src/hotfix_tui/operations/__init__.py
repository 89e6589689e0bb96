"""Git and version operations: one file each; the present state in, a plan of steps out."""

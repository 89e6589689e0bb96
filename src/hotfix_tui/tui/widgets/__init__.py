"""Small parts that draw; they know rows and looks, not incidents."""

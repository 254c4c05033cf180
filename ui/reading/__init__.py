"""Reading what others made, in a process of its own: no document can stop the window."""

"""What people read in a terminal. Nothing here is told by colour alone, and nothing is cut off in silence."""

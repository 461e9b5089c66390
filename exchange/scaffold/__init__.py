"""A scaffold: reads the hand-made pages that this product replaces, and is taken down when the last has been read."""

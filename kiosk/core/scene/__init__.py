"""What the mirror shows: `scene_of` makes an immutable `Scene` of cards from a visit."""

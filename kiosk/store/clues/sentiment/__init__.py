"""What a written review says, where it has no stars: only what people wrote, and only as surely as was measured."""

"""A printed receipt as rows, independent of the printer."""

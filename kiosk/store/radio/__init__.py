"""The readers of the rooms: opened and watched, and their reads decided into changes of rooms."""

"""Health of store and rooms: answers and routes."""

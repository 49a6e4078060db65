"""Notifications of associates while the page is not seen: subscriptions of their browsers, and who is notified when."""

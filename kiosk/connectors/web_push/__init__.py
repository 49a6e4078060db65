"""Web Push: encrypted notifications to browsers, by the push service of each browser's maker."""

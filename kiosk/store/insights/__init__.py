"""Item events without persons, statistics for managers, and the history that models are trained on."""

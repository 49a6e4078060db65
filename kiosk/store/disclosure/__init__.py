"""Which numbers of the insights and trials may be shown."""

"""The page of the insights for managers: tables with bars, and the trials."""

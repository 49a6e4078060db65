"""`cheval simulate`: a whole simulated shop under load and faults, for a long time. Part of the demo's distribution."""

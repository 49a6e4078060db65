"""What is measured of visits and advice for the insights and the trials, put together."""

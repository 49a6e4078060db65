"""On/off trials: a part of the mirror is off in some rooms and hours, and the difference in sales is measured."""

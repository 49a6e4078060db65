"""The backstage page: carries garments, presents cards and pays, for users of the demo."""

"""The backstage page: carries garments, presents cards and pays, for a person who tries the demo."""

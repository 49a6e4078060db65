"""HTML pages for shoppers' phones: the receipt, and the page of a card's link."""

"""The law's cash register: a signing service, or the retailer's own till."""

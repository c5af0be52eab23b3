"""A people counter over a door that speaks Modbus RTU: an example of a driver of one's own."""

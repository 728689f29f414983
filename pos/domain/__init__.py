"""What a sale is: values and rules, with no clock, disk, network or window."""

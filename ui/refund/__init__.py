"""Money back to the customer's Alipay."""

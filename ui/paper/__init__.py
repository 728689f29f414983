"""Paper on the screen and in files: receipts and slips drawn dot by dot as a printer prints them."""

"""How money is asked for: Alipay's v2 gateway, its signatures and its answers."""

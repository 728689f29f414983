"""A store to try: goods, staff, a scripted camera and an Alipay that moves no money."""

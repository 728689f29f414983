"""What the camera sees: frames in, product and payment codes out. Nothing here keeps a picture."""

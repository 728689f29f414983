"""Clips: films of goods and phones before a camera, drawn, and readers played against them in the camera's time.

They stand in for a wall of filmed goods: each class is one thing that makes reading hard, with known figures.
"""

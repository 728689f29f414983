"""Speed and memory, as ratios against a bare baseline measured in the same run."""

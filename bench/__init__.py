"""What `make bench` measures: the figures the product promises, against interleaved baselines."""

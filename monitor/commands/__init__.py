"""The command line by subject; `monitor.__main__` puts the pieces together."""

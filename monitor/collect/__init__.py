"""Input: platforms, files and forms are read here and become values of the domain."""

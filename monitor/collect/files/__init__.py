"""Files the platforms export, read by layout: a YAML says which column is what."""

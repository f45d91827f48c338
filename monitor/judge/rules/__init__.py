"""One file for each rule; a file joins the product by its `@rule` line."""

"""The nouns of the product: frozen values that need nothing but the standard library."""

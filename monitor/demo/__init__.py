"""An invented province and the platforms it posts on, for trying the product without any."""

"""The desk in the browser: it reads by one door and acts by actions."""

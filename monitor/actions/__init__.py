"""What a signed-in person may do: permission, transition, record, audit in one transaction."""

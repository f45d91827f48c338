"""One file per kind of task that a receipt link may open; `receipt_kind` finds them."""

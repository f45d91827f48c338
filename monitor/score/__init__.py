"""Pure, on frames: a scheme applied to a period becomes explained scorecards."""

"""What Cardable is measured against: programs that a careful engineer would write without it."""

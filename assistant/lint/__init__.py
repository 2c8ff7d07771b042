"""What is wrong inside the library itself: rules over entries, each with the places it speaks of."""

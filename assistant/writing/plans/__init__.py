"""Plans by program: days, months, money and seconds that add up."""

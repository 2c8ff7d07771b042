"""What the registers of the library say: customers, by the permissions that they gave."""

"""Banks and their people: organizations, users and who is a member with which role."""

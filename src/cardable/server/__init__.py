"""Who, when, and over which wire: the portal, the Link and the jobs around the library."""

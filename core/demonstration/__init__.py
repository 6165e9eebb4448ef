"""What `mirabelle demo` shows: an example client application and the calls it queues."""
